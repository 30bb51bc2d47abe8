import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';

import { ManualClock } from '../../../tests/support/manual-clock.ts';
import type { DiscoveryState } from '../../../shared/window-views.ts';
import { startAdvertiser } from './advertiser.ts';
import type { Advertiser, AdvertiserOptions } from './advertiser.ts';
import type { DnsRecord } from './dns-records.ts';
import { FakeAir, hastyWait, interfacesWith } from './fake-air.ts';
import type { NetworkInterfaces } from './network-addresses.ts';
import { parseRoostTxt } from './roost-txt.ts';

const LOW_ID = '11111111-1111-4111-8111-111111111111';
const HIGH_ID = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';

/** A computer whose network a test changes by hand. Polls happen when told. */
class FakeComputer {
  readonly clock = new ManualClock();
  readonly states: DiscoveryState[] = [];
  readonly advertiser: Advertiser;
  interfaces: NetworkInterfaces;
  #onPoll: () => void = () => undefined;

  constructor(
    air: FakeAir,
    addresses: string | string[],
    options: Partial<AdvertiserOptions> = {},
  ) {
    this.interfaces = interfacesWith(...[addresses].flat());
    this.advertiser = startAdvertiser({
      name: 'Kitchen',
      id: LOW_ID,
      port: 7678,
      tls: false,
      path: '/v1',
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
      onState: (state) => this.states.push(state),
      ...options,
      parts: {
        network: () => this.interfaces,
        openLink: air.openLink,
        wait: hastyWait,
        random: () => 0,
        clock: this.clock,
        every: (_intervalMs, callback) => {
          this.#onPoll = callback;
          return () => (this.#onPoll = () => undefined);
        },
        ...options.parts,
      },
    });
    computers.push(this);
  }

  poll(afterMs = 5_000): void {
    this.clock.advance(afterMs);
    this.#onPoll();
  }

  async settles(kind: DiscoveryState['kind'], accept: (text: string) => boolean = () => true) {
    for (let turn = 0; turn < 5_000; turn += 1) {
      const state = this.advertiser.state();
      if (state.kind === kind && accept(JSON.stringify(state))) return state;
      await nextTurn();
    }
    throw new Error(`The state stayed ${JSON.stringify(this.advertiser.state())}.`);
  }
}

const computers: FakeComputer[] = [];
afterEach(async () => {
  for (const computer of computers.splice(0)) await computer.advertiser.close();
});

const turns = async (count = 200) => {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
};
const ofType = <T extends DnsRecord['type']>(records: readonly DnsRecord[], type: T) =>
  records.filter((record): record is Extract<DnsRecord, { type: T }> => record.type === type);

describe('startAdvertiser', () => {
  it('announces name, host, port, addresses and TXT', async () => {
    const air = new FakeAir();
    const computer = new FakeComputer(air, '10.1.0.2', { tls: true });
    await computer.settles('advertising');
    const { records } = air.responses.at(-1)!;
    expect(ofType(records, 'SRV')).toMatchObject([
      { name: 'Kitchen._roost._tcp.local', data: { port: 7678, target: 'kitchen.local' } },
    ]);
    expect(ofType(records, 'A')).toMatchObject([{ name: 'kitchen.local', data: '10.1.0.2' }]);
    expect(parseRoostTxt(ofType(records, 'TXT')[0]!.data)).toEqual({
      protocolVersion: 1,
      id: LOW_ID,
      path: '/v1',
      tls: true,
    });
    expect(computer.states).toEqual([
      { kind: 'advertising', name: 'Kitchen', host: 'kitchen.local', addresses: ['10.1.0.2'] },
    ]);
  });

  it('takes other names when another computer has these', async () => {
    const air = new FakeAir();
    await new FakeComputer(air, '10.1.0.2').settles('advertising');
    await turns();
    const second = new FakeComputer(air, '10.1.0.3', { id: HIGH_ID, name: 'KITCHEN' });
    expect(await second.settles('advertising')).toMatchObject({
      name: 'KITCHEN (2)',
      host: 'kitchen-2.local',
    });
  });

  it('takes only another host name when only that is in use', async () => {
    const air = new FakeAir();
    await new FakeComputer(air, '10.1.0.2').settles('advertising');
    const second = new FakeComputer(air, '10.1.0.3', { id: HIGH_ID, name: 'Kitchen!' });
    expect(await second.settles('advertising')).toMatchObject({
      name: 'Kitchen!',
      host: 'kitchen-2.local',
    });
  });

  it('lets exactly one of two keep the name when both start at once', async () => {
    const air = new FakeAir();
    const high = new FakeComputer(air, '10.1.0.3', { id: HIGH_ID });
    const low = new FakeComputer(air, '10.1.0.2', { id: LOW_ID });
    expect(await high.settles('advertising', (text) => text.includes('(2)'))).toMatchObject({
      name: 'Kitchen (2)',
      host: 'kitchen-2.local',
    });
    await turns();
    expect(await low.settles('advertising')).toMatchObject({ name: 'Kitchen' });
    expect(low.states).toHaveLength(1);
  });

  it('says no goodbye for a name it yields, because that would hide the other', async () => {
    const air = new FakeAir();
    new FakeComputer(air, '10.1.0.2', { id: LOW_ID });
    const high = new FakeComputer(air, '10.1.0.3', { id: HIGH_ID });
    await high.settles('advertising', (text) => text.includes('(2)'));
    const goodbyes = air.responses.flatMap(({ records }) => records).filter(({ ttl }) => ttl === 0);
    expect(goodbyes).toEqual([]);
  });

  it('leaves a host name to the operating system that answers for it, also on the next network', async () => {
    const air = new FakeAir();
    const systemResponder = await air.openLink('10.1.0.2', () => undefined);
    systemResponder.serve([{ name: 'kitchen.local', type: 'A', ttl: 120, data: '10.1.0.2' }]);
    const computer = new FakeComputer(air, '10.1.0.2');
    const expected = { name: 'Kitchen', host: 'kitchen-2.local' };
    expect(await computer.settles('advertising')).toMatchObject(expected);
    computer.interfaces = interfacesWith('10.1.0.2', '10.2.0.2');
    computer.poll();
    expect(
      await computer.settles('advertising', (text) => text.includes('10.2.0.2')),
    ).toMatchObject(expected);
  });

  it('waits for a network and then announces by itself', async () => {
    const computer = new FakeComputer(new FakeAir(), []);
    await computer.settles('no-network');
    computer.interfaces = interfacesWith('10.1.0.2');
    computer.poll();
    expect(await computer.settles('advertising')).toMatchObject({ addresses: ['10.1.0.2'] });
    computer.interfaces = {};
    computer.poll();
    await computer.settles('no-network');
  });

  it('follows a new address under the same name and takes the old one back', async () => {
    const air = new FakeAir();
    const computer = new FakeComputer(air, '10.1.0.2');
    await computer.settles('advertising');
    computer.interfaces = interfacesWith('10.1.0.9');
    computer.poll();
    const state = await computer.settles('advertising', (text) => text.includes('10.1.0.9'));
    expect(state).toMatchObject({
      name: 'Kitchen',
      host: 'kitchen.local',
      addresses: ['10.1.0.9'],
    });
    const announced = air.responses.filter(({ from }) => from === '10.1.0.9');
    expect(ofType(announced[0]!.records, 'A').map(({ data, ttl }) => [data, ttl > 0])).toEqual([
      ['10.1.0.2', false],
      ['10.1.0.9', true],
    ]);
    expect(air.openLinkCount).toBe(1);
  });

  it('keeps still while nothing changes', async () => {
    const air = new FakeAir();
    const computer = new FakeComputer(air, '10.1.0.2');
    await computer.settles('advertising');
    await turns();
    const { length } = air.responses;
    for (let poll = 0; poll < 20; poll += 1) computer.poll();
    await turns();
    expect(air.responses).toHaveLength(length);
  });

  it('announces again after the computer slept', async () => {
    const air = new FakeAir();
    const computer = new FakeComputer(air, '10.1.0.2');
    await computer.settles('advertising');
    await turns();
    const { length } = air.responses;
    computer.poll(3_600_000);
    await turns();
    expect(air.responses.length).toBeGreaterThan(length);
    expect(computer.states).toHaveLength(1);
  });

  it('announces on every interface, also when one of them fails', async () => {
    const air = new FakeAir();
    air.broken.set('10.3.0.2', 'EACCES');
    const computer = new FakeComputer(air, ['10.1.0.2', '10.2.0.2', '10.3.0.2']);
    await computer.settles('advertising');
    await turns();
    expect(new Set(air.responses.map(({ from }) => from))).toEqual(
      new Set(['10.1.0.2', '10.2.0.2']),
    );
  });

  it('says why it cannot announce, and tries again later', async () => {
    const air = new FakeAir();
    air.broken.set('10.1.0.2', 'EADDRINUSE');
    const computer = new FakeComputer(air, '10.1.0.2');
    expect(await computer.settles('failed')).toEqual({
      kind: 'failed',
      reason: 'Another program keeps port 5353 (multicast DNS) for itself.',
    });
    air.broken.clear();
    for (let poll = 0; poll < 10; poll += 1) {
      computer.poll();
      await turns(20);
    }
    await computer.settles('advertising');
  });

  it('gives up on a network where every name is taken', async () => {
    const air = new FakeAir();
    air.answerAll = ({ name }) => [{ name, type: 'A', ttl: 120, data: '203.0.113.1' }];
    const computer = new FakeComputer(air, '10.1.0.2');
    const state = await computer.settles('failed');
    expect(state).toHaveProperty('reason', expect.stringContaining('in use'));
    expect(air.openLinkCount).toBe(0);
  });

  it('withdraws everything but the shared service type when closed, then closes its links', async () => {
    const air = new FakeAir();
    const computer = new FakeComputer(air, '10.1.0.2');
    await computer.settles('advertising');
    await computer.advertiser.close();
    const { records } = air.responses.at(-1)!;
    expect(records.map(({ type, name, ttl }) => [type, name, ttl])).toEqual([
      ['PTR', '_roost._tcp.local', 0],
      ['SRV', 'Kitchen._roost._tcp.local', 0],
      ['TXT', 'Kitchen._roost._tcp.local', 0],
      ['A', 'kitchen.local', 0],
    ]);
    expect(air.openLinkCount).toBe(0);
  });

  it('withdraws what it announced also when closed while it settles on a changed network', async () => {
    const air = new FakeAir();
    const computer = new FakeComputer(air, ['10.1.0.2', '10.2.0.2']);
    await computer.settles('advertising');
    await turns();
    computer.interfaces = interfacesWith('10.1.0.2');
    computer.poll();
    await turns(2);
    await computer.advertiser.close();
    const { from, records } = air.responses.at(-1)!;
    expect(from).toBe('10.1.0.2');
    expect(records.map(({ type, name, ttl }) => [type, name, ttl])).toEqual([
      ['PTR', '_roost._tcp.local', 0],
      ['SRV', 'Kitchen._roost._tcp.local', 0],
      ['TXT', 'Kitchen._roost._tcp.local', 0],
      ['A', 'kitchen.local', 0],
      ['A', 'kitchen.local', 0],
    ]);
    expect(air.openLinkCount).toBe(0);
  });

  it('closes cleanly while it is still looking for a name', async () => {
    const air = new FakeAir();
    const computer = new FakeComputer(air, '10.1.0.2');
    await turns(2);
    await Promise.all([computer.advertiser.close(), computer.advertiser.close()]);
    expect(air.openLinkCount).toBe(0);
    expect(computer.states).toEqual([]);
  });

  it('survives a system that does not tell its addresses for a while', async () => {
    let refuses = false;
    const addresses = () => {
      if (refuses) throw new Error('uv_interface_addresses');
      return interfacesWith('10.1.0.2');
    };
    const computer = new FakeComputer(new FakeAir(), [], { parts: { network: addresses } });
    await computer.settles('advertising');
    refuses = true;
    computer.poll();
    await turns();
    expect(computer.states).toHaveLength(1);
  });

  it('is not disturbed by a listener that throws', async () => {
    const computer = new FakeComputer(new FakeAir(), '10.1.0.2', {
      onState: () => {
        throw new Error('listener');
      },
    });
    await computer.settles('advertising');
    computer.interfaces = {};
    computer.poll();
    await computer.settles('no-network');
  });
});
