import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readRecords } from './dns-records.ts';
import type { DnsRecord } from './dns-records.ts';
import { FoundRoosts } from './found-roosts.ts';
import { writeRoostTxt } from './roost-txt.ts';
import { goodbyeRecords, serviceRecords } from './service-records.ts';

const ID = '0b8f7a50-6c1e-4a5e-9a57-1f1f9f6f2f10';
const txt = writeRoostTxt({ id: ID, path: '/v1', tls: false });

function recordsOf(name: string, ...addresses: string[]): DnsRecord[] {
  return serviceRecords({ name, label: 'kitchen', port: 7678, addresses, txt });
}

describe('FoundRoosts', () => {
  it('puts a Roost together from one announcement, the answering address first', () => {
    const found = new FoundRoosts();
    found.add(recordsOf('Kitchen', '172.17.0.1', 'fd00::1', '10.0.0.2'), '10.0.0.2');
    expect(found.complete()).toEqual([
      {
        id: ID,
        name: 'Kitchen',
        host: 'kitchen.local',
        addresses: ['10.0.0.2', '172.17.0.1', 'fd00::1'],
        port: 7678,
        tls: false,
        path: '/v1',
        protocolVersion: 1,
      },
    ]);
    expect(found.openQuestions()).toEqual([]);
  });

  it('asks for what is missing and completes with the answers', () => {
    const found = new FoundRoosts();
    const records = recordsOf('Kitchen', '10.0.0.2');
    found.add(
      records.filter(({ type }) => type === 'PTR'),
      '10.0.0.2',
    );
    expect(found.openQuestions().map(({ type }) => type)).toEqual(['SRV', 'TXT']);
    found.add(
      records.filter(({ type }) => type === 'SRV' || type === 'TXT'),
      '10.0.0.2',
    );
    expect(found.openQuestions()).toEqual([
      { name: 'kitchen.local', type: 'A' },
      { name: 'kitchen.local', type: 'AAAA' },
    ]);
    found.add(
      records.filter(({ type }) => type === 'A'),
      '10.0.0.2',
    );
    expect(found.complete()).toHaveLength(1);
  });

  it('forgets a Roost that says goodbye', () => {
    const found = new FoundRoosts();
    const records = recordsOf('Kitchen', '10.0.0.2');
    found.add(records, '10.0.0.2');
    found.add(goodbyeRecords(records), '10.0.0.2');
    expect(found.complete()).toEqual([]);
  });

  it('leaves out addresses that cannot be another computer’s', () => {
    const found = new FoundRoosts();
    found.add(
      recordsOf('Kitchen', '127.0.0.1', '0.0.0.0', '224.0.0.251', '::1', 'fe80::1'),
      '10.0.0.2',
    );
    expect(found.complete()).toEqual([]);
    const local = new FoundRoosts(true);
    local.add(recordsOf('Kitchen', '127.0.0.1'), '127.0.0.1');
    expect(local.complete()).toHaveLength(1);
  });

  it('shows no control characters of a name', () => {
    const found = new FoundRoosts();
    found.add(recordsOf('\u001b[2JKit\u202echen', '10.0.0.2'), '10.0.0.2');
    expect(found.complete()[0]?.name).toBe('\u{fffd}[2JKit\u{fffd}chen');
  });

  it('stays bounded when flooded', () => {
    const found = new FoundRoosts();
    for (let n = 0; n < 5_000; n += 1) {
      const label = `host-${n}`;
      const facts = { name: `Roost ${n}`, label, port: 1, addresses: ['10.0.0.2'], txt };
      found.add(serviceRecords(facts), '10.0.0.2');
    }
    expect(found.complete()).toHaveLength(64);
    const oneHost = new FoundRoosts();
    const addresses = Array.from({ length: 1_000 }, (_, n) => `10.1.${n >> 8}.${n & 255}`);
    oneHost.add(recordsOf('Kitchen', ...addresses), '10.0.0.2');
    expect(oneHost.complete()[0]?.addresses).toHaveLength(16);
  });
});

describe('readRecords', () => {
  it('passes over everything it does not know and never throws', () => {
    const good = { name: 'kitchen.local', type: 'A', ttl: 120, class: 'IN', data: '10.0.0.2' };
    fc.assert(
      fc.property(fc.array(fc.anything(), { maxLength: 20 }), (junk) => {
        expect(readRecords({ answers: [...junk, good], additionals: [] })).toContainEqual({
          name: 'kitchen.local',
          type: 'A',
          ttl: 120,
          data: '10.0.0.2',
        });
      }),
    );
    expect(readRecords(undefined)).toEqual([]);
  });

  it('looks at a bounded number of records', () => {
    const record = { name: 'kitchen.local', type: 'A', ttl: 120, data: '10.0.0.2' };
    const answers = Array.from({ length: 10_000 }, () => record);
    expect(readRecords({ answers, additionals: [] })).toHaveLength(200);
  });
});
