import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { UsageError } from '../../electron/cli/command.ts';
import {
  findRoost,
  parseAddress,
  reachRoost,
  type RoostFinder,
} from '../../electron/cli/send/find-roost.ts';
import type { PairedRoosts } from '../../electron/cli/send/paired-roosts.ts';
import { FakeRoost } from './support/fake-roost.ts';

const never = new AbortController().signal;

describe('parseAddress', () => {
  it.each([
    ['192.168.1.20', 'http://192.168.1.20:7678'],
    ['192.168.1.20:80', 'http://192.168.1.20:80'],
    ['kitchen.local:9000', 'http://kitchen.local:9000'],
    ['http://kitchen.local:9000/pair?code=1', 'http://kitchen.local:9000'],
    ['http://kitchen.local/', 'http://kitchen.local:7678'],
    ['fd00::1', 'http://[fd00::1]:7678'],
    ['[fd00::1]:9000', 'http://[fd00::1]:9000'],
  ])('reads %s as %s', (text, origin) => {
    expect(parseAddress(text)).toBe(origin);
  });

  it.each(['', 'a b', 'host:port', 'https://kitchen.local', 'ftp://kitchen.local'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseAddress(text)).toThrow(UsageError);
    },
  );
});

describe('findRoost', () => {
  let roost: FakeRoost;
  beforeEach(async () => {
    roost = await new FakeRoost().start();
  });
  afterEach(() => roost.stop());

  const announced = (which: FakeRoost, addresses = ['127.0.0.1']) => ({
    id: which.id,
    name: which.name,
    host: 'kitchen.local',
    addresses,
    port: which.port,
    path: '/v1',
    tls: false,
    protocolVersion: 1,
  });

  const pairedWith = (which: FakeRoost, origin: string): PairedRoosts => ({
    [which.id]: { name: which.name, origin, deviceId: which.id, token: 'x', pairedAt: 0 },
  });

  const finds =
    (...roosts: ReturnType<typeof announced>[]): RoostFinder =>
    ({ id }) =>
      Promise.resolve(roosts.filter((each) => id === undefined || each.id === id));

  it('takes the only one on the network, at the first address that answers', async () => {
    const find = finds(announced(roost, ['::1', '127.0.0.1']));
    expect((await findRoost({}, find, never)).origin).toBe(roost.origin);
  });

  it('finds the one it is paired with where it is now', async () => {
    await using other = await new FakeRoost().start();
    const find = finds(announced(other), announced(roost));
    const paired = pairedWith(roost, other.origin);
    expect(await findRoost(paired, find, never)).toMatchObject({
      id: roost.id,
      origin: roost.origin,
    });
  });

  it('lets the person choose among several', async () => {
    await using other = await new FakeRoost().start();
    const find = finds(announced(other), announced(roost));
    await expect(findRoost({}, find, never)).rejects.toThrow(`--to 127.0.0.1:${other.port}`);
  });

  it('does not take one that answers with another id than announced', async () => {
    const impostor = { ...announced(roost), id: crypto.randomUUID() };
    await expect(findRoost({}, finds(impostor), never)).rejects.toMatchObject({
      code: 'service/not-running',
    });
  });

  it('says that none was found when the network cannot be searched', async () => {
    const broken: RoostFinder = () => Promise.reject(new Error('EACCES'));
    await expect(findRoost({}, broken, never)).rejects.toThrow('No Roost was found');
  });

  it('says that what answers is no Roost', async () => {
    roost.id = 'not-a-uuid';
    await expect(reachRoost(roost.origin, never)).rejects.toThrow('something else answers');
  });
});
