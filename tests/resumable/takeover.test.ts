import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { OpenRequest } from '../support/open-request.ts';
import { INTEROP_VERSIONS, type ResumingPhone } from '../support/resuming-phone.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

const SENT = 1_300_000;

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

/** A whole file of which a part arrived, then nothing: its connection stays open, and nobody notices. */
async function silentCreation(
  phone: ResumingPhone,
  bytes: Uint8Array,
  assetKey = freshKey(),
): Promise<{ url: string; old: OpenRequest }> {
  const old = phone.beginCreation({
    assetKey,
    isComplete: true,
    contentLength: bytes.byteLength,
  });
  const { headers } = await old.hears(104, 'location');
  await old.send(bytes.subarray(0, SENT));
  await lab.ends.hasRead(old);
  return { url: String(headers.location), old };
}

describe('a phone that comes back while Roost still holds its dead connection', () => {
  it.each(INTEROP_VERSIONS)(
    'is answered by HEAD at once, and goes on (version %i)',
    async (version) => {
      const phone = lab.phone(version);
      const bytes = fileOf(2_000_000);
      const { url, old } = await silentCreation(phone, bytes);
      using _old = old;
      expect(await phone.state(url)).toMatchObject({ offset: SENT, isComplete: false });
      await expect(old.answer).rejects.toThrow();
      const answer = await phone.finish(url, bytes);
      expect(answer.status).toBe(201);
      expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
    },
  );

  it('may append without asking, where it knows how far it came', async () => {
    const phone = lab.phone();
    const bytes = fileOf(2_000_000);
    const { url, old } = await silentCreation(phone, bytes);
    using _old = old;
    const append = { offset: SENT, isComplete: true };
    const answer = await phone.append(url, append, bytes.subarray(SENT));
    expect(answer.status).toBe(201);
    await expect(old.answer).rejects.toThrow();
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('may append at a wrong offset, is told the right one, and nothing is lost', async () => {
    const phone = lab.phone();
    const bytes = fileOf(2_000_000);
    const { url, old } = await silentCreation(phone, bytes);
    using _old = old;
    const wrong = await phone.append(url, { offset: 7, isComplete: true }, bytes.subarray(7, 100));
    expect(wrong.status).toBe(409);
    expect(wrong.headers['upload-offset']).toBe(String(SENT));
    await expect(old.answer).rejects.toThrow();
    const answer = await phone.finish(url, bytes);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('may cancel, and the old connection writes nothing more', async () => {
    const phone = lab.phone();
    const bytes = fileOf(2_000_000);
    const staged = await lab.roost.stagedNames();
    const before = await lab.roost.originals();
    const { url, old } = await silentCreation(phone, bytes);
    using _old = old;
    expect((await phone.cancel(url)).status).toBe(204);
    await old.send(bytes.subarray(SENT)).catch(() => undefined);
    await expect(old.answer).rejects.toThrow();
    expect((await phone.ask('HEAD', url)).status).toBe(404);
    expect(await lab.roost.stagedNames()).toEqual(staged);
    expect(await lab.roost.originals()).toEqual(before);
  });

  it('does the same by tus', async () => {
    const tus = lab.tus();
    const bytes = fileOf(2_000_000);
    const created = await tus.create(freshKey(), { 'upload-length': bytes.byteLength });
    const url = String(created.headers.location);
    using old = tus.open('PATCH', url, {
      'content-type': 'application/offset+octet-stream',
      'content-length': bytes.byteLength,
      'upload-offset': 0,
    });
    await old.send(bytes.subarray(0, SENT));
    await lab.ends.hasRead(old);
    expect(await tus.offset(url)).toBe(SENT);
    await expect(old.answer).rejects.toThrow();
    const done = await tus.append(url, SENT, bytes.subarray(SENT));
    expect((await lab.storedBytes(done)).equals(bytes)).toBe(true);
  });

  it('finds what the old connection brings late thrown away', async () => {
    const phone = lab.phone();
    const bytes = fileOf(2_000_000);
    const { url, old } = await silentCreation(phone, bytes);
    using _old = old;
    const { offset } = await phone.state(url);
    await old.send(fileOf(500_000)).catch(() => undefined);
    await old.ends();
    expect((await phone.state(url)).offset).toBe(offset);
    const answer = await phone.append(url, { offset, isComplete: true }, bytes.subarray(offset));
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });
});

describe('many requests for one upload at once', () => {
  it('leave one winner, offsets that never decrease, and a file that is right', async () => {
    const phone = lab.phone();
    const bytes = fileOf(3_000_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    let told = 0;
    for (let round = 0; round < 8; round++) {
      const { offset } = await phone.state(url);
      expect(offset).toBeGreaterThanOrEqual(told);
      told = offset;
      const part = bytes.subarray(offset, offset + 300_000);
      const answers = await Promise.allSettled(
        Array.from({ length: 4 }, () => phone.append(url, { offset, isComplete: false }, part)),
      );
      const statuses = answers.map((each) =>
        each.status === 'fulfilled' ? each.value.status : 'closed',
      );
      for (const status of statuses) expect([204, 409, 'closed']).toContain(status);
    }
    expect((await phone.state(url)).offset).toBeGreaterThan(0);
    const answer = await phone.finish(url, bytes);
    expect(answer.status).toBe(201);
    expect((await lab.storedBytes(answer)).equals(bytes)).toBe(true);
  });

  it('that ask during the last moments are told of completion only with a receipt there', async () => {
    const phone = lab.phone();
    const bytes = fileOf(3_000_000);
    const url = await phone.reserve({ assetKey: freshKey() });
    const ending = phone.append(url, { offset: 0, isComplete: true }, bytes).catch(() => undefined);
    for (;;) {
      const { isComplete, offset } = await phone.state(url);
      if (isComplete) {
        expect(await lab.copiesOf(bytes)).toBe(1);
        break;
      }
      if ((await ending) === undefined) {
        await phone.append(url, { offset, isComplete: true }, bytes.subarray(offset));
      }
    }
    const again = await phone.append(url, { offset: bytes.byteLength, isComplete: true });
    expect(again.status).toBe(201);
    expect((await lab.storedBytes(again)).equals(bytes)).toBe(true);
  });
});
