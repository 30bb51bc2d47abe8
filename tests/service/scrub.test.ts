import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { checkAnswerSchema } from '../../shared/native-protocol.ts';
import type { FindingView, ScrubStatus } from '../../shared/scrub-view.ts';
import { formatReprDigest } from '../../shared/structured-field.ts';
import { sha256Of, type FakePhone } from '../support/fake-phone.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

let roost: ServiceInTest;
let phone: FakePhone;
beforeEach(async () => {
  roost = await ServiceInTest.start();
  phone = await roost.phone('Phone');
});
afterEach(() => roost[Symbol.asyncDispose]());

/** The limit is for what never comes right, not for how fast it does. */
function eventually<T>(ask: () => Promise<T>): ReturnType<typeof expect.poll<Promise<T>>> {
  return expect.poll(ask, { timeout: 30_000 });
}

async function scrubStatus(): Promise<ScrubStatus> {
  return (await roost.window.call('overview.get', {})).scrub;
}

async function findings(which: 'open' | 'replaced' = 'open'): Promise<FindingView[]> {
  return (await roost.window.call('scrub.findings', { which })).findings;
}

/** Re-reads everything and waits until that is done. */
async function readAll(): Promise<ScrubStatus> {
  await roost.window.call('scrub.start', {});
  await eventually(async () => (await scrubStatus()).askedAt).toBe(undefined);
  return scrubStatus();
}

async function isNeeded(assetKey: string, bytes: Uint8Array): Promise<boolean | undefined> {
  const asked = { assetKey, resourceType: 'photo', sha256: sha256Of(bytes) };
  const answer = await phone.json('POST', '/v1/check', { resources: [asked] });
  return checkAnswerSchema.parse(JSON.parse(answer.body)).resources[0]?.needed;
}

describe('an original that was damaged', () => {
  it('is found, named, asked of its device again, and replaced by what that sends', async () => {
    const bytes = randomBytes(50_000);
    const upload = { assetKey: 'a', bytes, fileName: 'IMG_1.JPG' };
    const digest = { 'repr-digest': formatReprDigest(sha256Of(bytes)) };
    await phone.upload(upload);
    await phone.upload({ assetKey: 'b', bytes: randomBytes(100), fileName: 'IMG_2.JPG' });
    const path = (await roost.originals()).find((each) => each.endsWith('/IMG_1.JPG'))!;
    const damaged = Buffer.from(bytes);
    damaged[25_000]! ^= 1;
    await writeFile(join(roost.libraryFolder, path), damaged);
    expect(await isNeeded('a', bytes)).toBe(false);
    expect((await phone.upload({ ...upload, headers: digest })).status).toBe(200);

    expect(await readAll()).toMatchObject({
      originalCount: 2,
      readCount: 2,
      unreadCount: 0,
      damagedCount: 1,
      missingCount: 0,
    });
    expect(await findings()).toMatchObject([
      {
        fileName: 'IMG_1.JPG',
        absolutePath: join(roost.libraryFolder, ...path.split('/')),
        deviceName: 'Phone',
        kind: 'changed',
        isChecking: false,
      },
    ]);
    const { notices } = await roost.window.call('overview.get', {});
    expect(notices.find(({ code }) => code === 'originals-damaged')?.text).toContain(
      '1 damaged original',
    );

    expect(await isNeeded('a', bytes)).toBe(true);
    const again = await phone.upload({ ...upload, headers: digest });
    expect(again.status).toBe(201);
    expect(again.headers['roost-result']).toBe('stored');
    expect(await isNeeded('a', bytes)).toBe(false);
    expect(await findings()).toEqual([]);
    const [replaced] = await findings('replaced');
    expect(replaced?.absolutePath).toContain('IMG_1.JPG');
    const good = (await roost.originals()).find((each) => each.includes('IMG_1 (2)'))!;
    expect(replaced?.replacedByPath).toBe(join(roost.libraryFolder, ...good.split('/')));
    expect((await roost.read(good)).equals(bytes)).toBe(true);
    expect((await roost.read(path)).equals(damaged)).toBe(true);
    expect(await scrubStatus()).toMatchObject({ damagedCount: 0, replacedCount: 1 });
  });

  it('is known as soon as its bytes come again, although nobody re-read it', async () => {
    const bytes = randomBytes(1000);
    await phone.upload({ assetKey: 'a', bytes, fileName: 'IMG_1.JPG' });
    const [path] = await roost.originals();
    await writeFile(join(roost.libraryFolder, path!), randomBytes(1000));
    const again = await phone.upload({ assetKey: 'a', bytes, fileName: 'IMG_1.JPG' });
    expect(again.headers['roost-result']).toBe('stored');
    await eventually(() => findings('replaced')).toHaveLength(1);
    expect(await findings()).toEqual([]);
  });
});

describe('an original that is missing', () => {
  it('is good again when it was put back and looked at again', async () => {
    const bytes = randomBytes(1000);
    await phone.upload({ assetKey: 'a', bytes, fileName: 'IMG_1.JPG' });
    const [path] = await roost.originals();
    const absolute = join(roost.libraryFolder, path!);
    await rename(absolute, `${absolute}.away`);
    expect(await readAll()).toMatchObject({ missingCount: 1 });
    const [finding] = await findings();
    expect(finding).toMatchObject({ kind: 'missing' });
    expect(await isNeeded('a', bytes)).toBe(true);

    await rename(`${absolute}.away`, absolute);
    await roost.window.call('scrub.checkAgain', { receiptId: finding!.receiptId });
    await eventually(() => findings()).toEqual([]);
    expect(await isNeeded('a', bytes)).toBe(false);
  });
});

it('calls nothing missing while the library is away', async () => {
  await phone.upload({ assetKey: 'a', bytes: randomBytes(1000), fileName: 'IMG_1.JPG' });
  await rename(roost.libraryFolder, `${roost.libraryFolder}-away`);
  await roost.window.call('scrub.start', {});
  await eventually(async () => (await scrubStatus()).activity.kind).toBe('library');
  expect(await scrubStatus()).toMatchObject({ missingCount: 0, unreadCount: 1 });
  const stopped = await roost.window.call('scrub.stop', {});
  expect(stopped.askedAt).toBeUndefined();
  await rm(roost.libraryFolder, { recursive: true, force: true });
  await rename(`${roost.libraryFolder}-away`, roost.libraryFolder);
  await roost.libraryIsBack();
});

it('does nothing by itself once it is switched off', async () => {
  await roost.window.call('settings.change', { scrubEveryDays: 0 });
  expect(await scrubStatus()).toMatchObject({ activity: { kind: 'off' }, everyDays: 0 });
  await roost.window.call('settings.change', { scrubEveryDays: 7 });
  expect(await scrubStatus()).toMatchObject({ everyDays: 7 });
  expect((await scrubStatus()).activity.kind).not.toBe('off');
});

it('tells windows by an event how it gets on', async () => {
  await phone.upload({ assetKey: 'a', bytes: randomBytes(1000), fileName: 'IMG_1.JPG' });
  const stream = await roost.window.get('/api/events');
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  const hears = async (text: string): Promise<void> => {
    while (!heard.includes(text)) heard += (await reader.read()).value ?? '';
  };
  await hears('"hello"');
  await roost.window.call('scrub.start', {});
  await hears('"type":"scrub"');
  await hears('"kind":"done"');
  await reader.cancel();
});
