import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { Avahi } from './support/avahi.ts';
import { missingForLab } from './support/lab-requirements.ts';
import { LabRoost, findFrom } from './support/lab-roost.ts';
import type { LabRoostOptions } from './support/lab-roost.ts';
import { NetworkLab } from './support/network-lab.ts';
import type { LabComputer } from './support/network-lab.ts';
import { until } from './support/until.ts';

const missing = await missingForLab();
if (missing !== undefined) {
  // Reporters count skipped tests without saying why.
  process.stderr.write(`Discovery between computers was NOT tested: ${missing}.\n`);
}

const LOW_ID = '11111111-1111-4111-8111-111111111111';
const HIGH_ID = 'eeeeeeee-eeee-4eee-8eee-eeeeeeeeeeee';

describe.skipIf(missing !== undefined)(
  'discovery between computers, with Avahi as the judge',
  { timeout: 180_000 },
  () => {
    let lab: NetworkLab;
    let home: LabComputer;
    let other: LabComputer;
    let folder: string;
    let avahi: Avahi;
    const roosts: LabRoost[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'roost-lab-'));
      lab = await NetworkLab.open();
      await lab.addSwitch('switch');
      home = await lab.addComputer('home');
      other = await lab.addComputer('other');
      const judge = await lab.addComputer('judge');
      for (const [computer, address] of [
        [home, '10.77.0.2/24'],
        [other, '10.77.0.3/24'],
        [judge, '10.77.0.4/24'],
      ] as const) {
        await lab.plug(computer, 'eth0', 'switch');
        await computer.ip('addr', 'add', address, 'dev', 'eth0');
      }
      avahi = await Avahi.start(judge, 'judge', join(folder, 'judge'));
    }, 120_000);

    afterAll(async () => {
      await lab.close();
      await rm(folder, { recursive: true });
    }, 60_000);

    afterEach(async () => {
      for (const roost of roosts.splice(0)) await roost.quit();
      await until('no Roost is known any more', async () => (await avahi.names()).length === 0);
    }, 120_000);

    const start = (computer: LabComputer, options: Partial<LabRoostOptions> = {}): LabRoost => {
      const roost = new LabRoost(computer, { name: 'Kitchen', id: LOW_ID, ...options });
      roosts.push(roost);
      return roost;
    };
    const resolved = (name: string) =>
      until(`Avahi resolves ${name}`, async () =>
        (await avahi.browse()).find((service) => service.name === name),
      );

    it('is resolved with host, address, port and TXT', async () => {
      const id = randomUUID();
      await start(home, { name: 'Anna’s Küche v2.0', id, port: 4711, tls: true }).advertises();
      expect(await resolved('Anna’s Küche v2-0')).toEqual({
        name: 'Anna’s Küche v2-0',
        host: 'annas-kuche-v2-0.local',
        address: '10.77.0.2',
        port: 4711,
        txt: [`id=${id}`, 'path=/v1', 'tls=1', 'v=1'],
      });
    });

    it('is gone at once when it quits', async () => {
      const roost = start(home);
      await roost.advertises();
      await resolved('Kitchen');
      await roost.quit();
      // Its records were good for more than an hour: without a goodbye they would outlast any limit here.
      await until('Avahi forgets it', async () => (await avahi.names()).length === 0);
    });

    it('takes another name and host when another Roost has these, and both are found', async () => {
      await start(other, { id: HIGH_ID }).advertises();
      expect(await start(home).advertises()).toMatchObject({
        name: 'Kitchen (2)',
        host: 'kitchen-2.local',
        addresses: ['10.77.0.2'],
      });
      expect(await resolved('Kitchen')).toMatchObject({ address: '10.77.0.3' });
      expect(await resolved('Kitchen (2)')).toMatchObject({
        host: 'kitchen-2.local',
        address: '10.77.0.2',
      });
    });

    it('sorts it out when two start at the same moment', async () => {
      const low = start(home, { id: LOW_ID });
      const high = start(other, { id: HIGH_ID });
      const names = () =>
        [low, high].map((roost) => {
          const state = roost.states.at(-1);
          return state?.kind === 'advertising' ? state.name : undefined;
        });
      await until('one is called Kitchen and one Kitchen (2)', () =>
        names().toSorted().join() === 'Kitchen,Kitchen (2)' ? true : undefined,
      );
      const [lowName, highName] = names();
      expect(await resolved(lowName!)).toMatchObject({ address: '10.77.0.2' });
      expect(await resolved(highName!)).toMatchObject({ address: '10.77.0.3' });
    });

    it('gives way to a name and a host name that Avahi published', async () => {
      const service = avahi.publish('-s', '-H', 'kitchen.local', 'Kitchen', '_roost._tcp', '9');
      const address = avahi.publish('-a', '-R', 'kitchen.local', '10.77.0.4');
      for (const { lines } of [service, address]) {
        await until('it is published', () => lines.some((line) => line.startsWith('Established')));
      }
      expect(await start(home).advertises()).toMatchObject({
        name: 'Kitchen (2)',
        host: 'kitchen-2.local',
      });
      expect(await resolved('Kitchen (2)')).toMatchObject({ address: '10.77.0.2' });
      await service.stop();
      await address.stop();
    });

    it('keeps its name when Avahi wants the same later', async () => {
      const roost = start(home);
      await roost.advertises();
      const service = avahi.publish('-s', 'Kitchen', '_roost._tcp', '9');
      await until('Avahi takes another name', () =>
        service.lines.some((line) => line.includes('Kitchen #2')),
      );
      await service.stop();
      expect(roost.states).toHaveLength(1);
      expect(await resolved('Kitchen')).toMatchObject({ address: '10.77.0.2' });
    });

    it('follows a new address, and comes back by itself after there was no network', async () => {
      const roost = start(home);
      await roost.advertises();
      expect(await resolved('Kitchen')).toMatchObject({ address: '10.77.0.2' });

      await home.ip('addr', 'flush', 'dev', 'eth0');
      await home.ip('addr', 'add', '10.77.0.22/24', 'dev', 'eth0');
      await roost.reaches('it announces the new address', (state) =>
        JSON.stringify(state).includes('"10.77.0.22"'),
      );
      await until('Avahi knows the new address', async () =>
        (await avahi.browse()).some(({ address }) => address === '10.77.0.22'),
      );
      await until('Avahi forgot the old address', async () =>
        (await avahi.browse()).every(({ address }) => address === '10.77.0.22'),
      );

      await home.ip('addr', 'flush', 'dev', 'eth0');
      await roost.reaches('there is no network', ({ kind }) => kind === 'no-network');
      await home.ip('addr', 'add', '10.77.0.2/24', 'dev', 'eth0');
      expect(await roost.advertises()).toMatchObject({ name: 'Kitchen', addresses: ['10.77.0.2'] });
      await until('Avahi knows the first address again', async () =>
        (await avahi.browse()).some(({ address }) => address === '10.77.0.2'),
      );
    });

    it('announces a global IPv6 address beside IPv4, and no link-local one', async () => {
      await home.ip('addr', 'add', 'fd77::2/64', 'dev', 'eth0', 'nodad');
      expect(await start(home).advertises()).toHaveProperty('addresses', ['10.77.0.2', 'fd77::2']);
      const address = (family: 4 | 6) =>
        until('Avahi resolves the host name', () => avahi.resolve('kitchen.local', family));
      expect(await address(6)).toBe('fd77::2');
      expect(await address(4)).toBe('10.77.0.2');
      await home.ip('addr', 'del', 'fd77::2/64', 'dev', 'eth0');
    });

    it('shares port 5353 with the computer’s own Avahi and leaves it its host name', async () => {
      const own = await Avahi.start(home, 'kitchen', join(folder, 'home'));
      expect(await start(home).advertises()).toMatchObject({
        name: 'Kitchen',
        host: 'kitchen-2.local',
      });
      expect(await resolved('Kitchen')).toMatchObject({ address: '10.77.0.2' });
      expect(await until('the own name resolves', () => avahi.resolve('kitchen.local', 4))).toBe(
        '10.77.0.2',
      );
      expect(own.daemon.lines.join('\n')).not.toMatch(/conflict/i);
      await own.daemon.stop();
    });

    it('is found by the finder, all of them or the one wanted', async () => {
      await start(home, { id: LOW_ID, tls: true }).advertises();
      await start(other, { id: HIGH_ID, name: 'Attic' }).advertises();
      const judge = await lab.addComputer('seeker');
      await lab.plug(judge, 'eth0', 'switch');
      await judge.ip('addr', 'add', '10.77.0.5/24', 'dev', 'eth0');
      const kitchen = {
        id: LOW_ID,
        name: 'Kitchen',
        host: 'kitchen.local',
        addresses: ['10.77.0.2'],
        port: 7678,
        tls: true,
        path: '/v1',
        protocolVersion: 1,
      };
      expect(await findFrom(judge, { timeoutMs: 60_000, id: LOW_ID })).toEqual([kitchen]);
      expect(await findFrom(judge, { timeoutMs: 60_000, name: 'Attic' })).toMatchObject([
        { id: HIGH_ID, addresses: ['10.77.0.3'] },
      ]);
      const all = await findFrom(judge, { timeoutMs: 4_000 });
      expect(all.map(({ name }) => name).sort()).toEqual(['Attic', 'Kitchen']);
    });

    it('is found on each network of a computer with two', async () => {
      await lab.addSwitch('upstairs');
      await lab.plug(home, 'eth1', 'upstairs');
      await home.ip('addr', 'add', '10.78.0.2/24', 'dev', 'eth1');
      const upstairs = await lab.addComputer('upstairs-pc');
      await lab.plug(upstairs, 'eth0', 'upstairs');
      await upstairs.ip('addr', 'add', '10.78.0.3/24', 'dev', 'eth0');
      await start(home).advertises();
      const [found] = await findFrom(upstairs, { timeoutMs: 60_000, id: LOW_ID });
      expect(found?.addresses).toEqual(['10.78.0.2', '10.77.0.2']);
      expect(await resolved('Kitchen')).toMatchObject({ host: 'kitchen.local' });
      await home.ip('link', 'del', 'eth1');
    });
  },
);
