import { describe, expect, it } from 'vitest';

import type { OpenRequest } from '../support/open-request.ts';
import { ManualClock } from '../support/manual-clock.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

const OPEN_PER_DEVICE = 64;
const AT_ONCE_PER_DEVICE = 32;
const DAY_MS = 24 * 3600 * 1000;

describe('open uploads of a device', () => {
  it('are bounded: one more lets the longest idle one go, and its job says so', async () => {
    const clock = new ManualClock();
    await using lab = await ResumableLab.start({ clock });
    const phone = lab.phone();
    const other = lab.phone(8, (await lab.roost.phone('Other phone')).token);
    const theirs = await other.reserve({ assetKey: freshKey() });
    const keys = Array.from({ length: OPEN_PER_DEVICE + 1 }, freshKey);
    const urls: string[] = [];
    for (const assetKey of keys.slice(0, OPEN_PER_DEVICE)) {
      clock.advance(1000);
      urls.push(await phone.reserve({ assetKey }));
    }
    // The first is used again: now the second is the longest idle one.
    clock.advance(1000);
    await phone.append(urls[0]!, { offset: 0, isComplete: false }, fileOf(10));
    clock.advance(1000);
    urls.push(await phone.reserve({ assetKey: keys[OPEN_PER_DEVICE]! }));
    const statuses: number[] = [];
    for (const url of urls) statuses.push((await phone.ask('HEAD', url)).status);
    expect(statuses.filter((status) => status === 404)).toHaveLength(1);
    expect(statuses[1]).toBe(404);
    expect((await lab.jobOf(keys[1]!))?.errorCode).toBe('upload/let-go');
    expect((await other.ask('HEAD', theirs)).status).toBe(204);
  });

  it('are not counted once they are done', async () => {
    await using lab = await ResumableLab.start();
    const phone = lab.phone();
    const first = await phone.reserve({ assetKey: freshKey() });
    for (let count = 0; count < OPEN_PER_DEVICE + 5; count++) {
      const answer = await phone.create({ assetKey: freshKey(), isComplete: true }, fileOf(100));
      expect(answer.status).toBe(201);
    }
    expect((await phone.ask('HEAD', first)).status).toBe(204);
  });
});

describe('age', () => {
  it('ends an upload a week after its last byte, and not before', async () => {
    const clock = new ManualClock();
    await using lab = await ResumableLab.start({ clock });
    const phone = lab.phone();
    const bytes = fileOf(1000);
    const used = await phone.reserve({ assetKey: freshKey() });
    const idle = await phone.reserve({ assetKey: freshKey() });
    clock.advance(6 * DAY_MS);
    await phone.append(used, { offset: 0, isComplete: false }, bytes.subarray(0, 500));
    clock.advance(1.5 * DAY_MS);
    expect((await phone.ask('HEAD', idle)).status).toBe(404);
    expect((await phone.append(idle, { offset: 0, isComplete: true }, bytes)).status).toBe(404);
    const answer = await phone.finish(used, bytes);
    expect(answer.status).toBe(201);
  });

  it('is looked at when the service starts, and the bytes go', async () => {
    const clock = new ManualClock();
    await using lab = await ResumableLab.start({ clock });
    const url = await lab.phone().reserve({ assetKey: freshKey() });
    await lab.phone().append(url, { offset: 0, isComplete: false }, fileOf(1000));
    clock.advance(8 * DAY_MS);
    await lab.restart({ clock });
    expect((await lab.phone().ask('HEAD', lab.at(url))).status).toBe(404);
    expect(await lab.roost.stagedNames()).toEqual([]);
  });

  it('lets a finished upload be asked for within the hour', async () => {
    const clock = new ManualClock();
    await using lab = await ResumableLab.start({ clock });
    const phone = lab.phone();
    const url = await phone.reserve({ assetKey: freshKey() });
    const answer = await phone.finish(url, fileOf(1000));
    clock.advance(59 * 60 * 1000);
    const again = await phone.append(url, { offset: 1000, isComplete: true });
    expect(again.headers['roost-receipt']).toBe(answer.headers['roost-receipt']);
  });
});

describe('uploads received at once', () => {
  it('are bounded for one device, and another one is not delayed', async () => {
    await using lab = await ResumableLab.start();
    const other = lab.phone(8, (await lab.roost.phone('Other phone')).token);
    const phone = lab.phone();
    using stack = new DisposableStack();
    const running: OpenRequest[] = [];
    for (let count = 0; count < AT_ONCE_PER_DEVICE; count++) {
      const request = stack.use(
        phone.beginCreation({ assetKey: freshKey(), isComplete: true, contentLength: 2000 }),
      );
      await request.hears(104, 'location');
      running.push(request);
    }
    const tooMany = phone.create({ assetKey: freshKey(), isComplete: true }, fileOf(10));
    await expect(tooMany).rejects.toThrow();
    const theirs = await other.create({ assetKey: freshKey(), isComplete: true }, fileOf(10));
    expect(theirs.status).toBe(201);
    expect((await running[0]!.end(fileOf(2000))).status).toBe(201);
    const after = await phone.create({ assetKey: freshKey(), isComplete: true }, fileOf(10));
    expect(after.status).toBe(201);
  });
});
