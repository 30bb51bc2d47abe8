import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fakeStorage } from '../../tests/support/fake-storage.ts';

import { fileFingerprint, placesIn } from './file-fingerprint.ts';
import { UploadMemory, type UploadLook } from './upload-memory.ts';

const NONE: ReadonlySet<string> = new Set();
const DAY_MS = 24 * 3_600_000;

function look(name: string, changes: Partial<UploadLook> = {}): UploadLook {
  const assetKey = `web:${name}`;
  return { assetKey, resourceType: 'video', byteCount: 9, fingerprint: name, ...changes };
}

describe('what the browser remembers of uploads', () => {
  it('is there when the page comes again, for this computer alone', () => {
    const storage = fakeStorage();
    new UploadMemory(() => storage, 'here').remember(look('a'), 'one', 'a.mov');
    const again = new UploadMemory(() => storage, 'here');
    expect(again.find(look('a'), NONE)).toMatchObject({ uploadId: 'one', fileName: 'a.mov' });
    expect(new UploadMemory(() => storage, 'elsewhere').find(look('a'), NONE)).toBeUndefined();
  });

  it.each<[string, Partial<UploadLook>]>([
    ['length', { byteCount: 10 }],
    ['type', { resourceType: 'photo' }],
    ['inside', { fingerprint: 'other' }],
  ])('is not found for a file of another %s', (_, changes) => {
    const memory = new UploadMemory(fakeStorage, 'here');
    memory.remember(look('a'), 'one', 'a.mov');
    expect(memory.find(look('a', changes), NONE)).toBeUndefined();
  });

  it('is forgotten one by one, by file, and all together', () => {
    const storage = fakeStorage();
    const memory = new UploadMemory(() => storage, 'here');
    for (const name of ['a', 'b', 'c']) memory.remember(look(name), `id-${name}`, name);
    memory.forget('id-a');
    memory.forgetFile('web:b');
    expect(memory.unfinished().map(({ fileName }) => fileName)).toEqual(['c']);
    memory.forgetAll();
    expect(storage.getItem('roost.uploads')).toBeNull();
  });

  it('ends after a week, as at the computer', () => {
    let now = 100 * DAY_MS;
    const storage = fakeStorage();
    const memory = new UploadMemory(
      () => storage,
      'here',
      () => now,
    );
    memory.remember(look('a'), 'one', 'a');
    now += 6 * DAY_MS;
    expect(memory.unfinished()).toHaveLength(1);
    now += DAY_MS;
    expect(memory.unfinished()).toHaveLength(0);
  });

  it('holds 64 at most and never loses the newest, whatever comes', () => {
    const storage = fakeStorage();
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 400 }), { maxLength: 150 }), (names) => {
        const memory = new UploadMemory(() => storage, 'here');
        names.forEach((name, at) => memory.remember(look(name), `id-${at}`, name));
        expect(memory.unfinished().length).toBeLessThanOrEqual(64);
        const last = names.at(-1);
        if (last !== undefined) {
          expect(memory.find(look(last), NONE)?.uploadId).toBe(`id-${names.length - 1}`);
        }
        memory.forgetAll();
      }),
      { numRuns: 20 },
    );
  });

  it('lasts as long as the page where nothing can be stored', () => {
    const memory = new UploadMemory(() => {
      throw new DOMException('denied', 'SecurityError');
    }, 'here');
    memory.remember(look('a'), 'one', 'a');
    expect(memory.find(look('a'), NONE)?.uploadId).toBe('one');
    memory.forget('one');
    expect(memory.find(look('a'), NONE)).toBeUndefined();
  });

  it.each(['no json', '{}', '[null, 5, {"uploadId":"../x"}]', '[{"uploadId":"one"}]'])(
    'does not trust %s',
    (text) => {
      const storage = fakeStorage();
      storage.setItem('roost.uploads', text);
      expect(new UploadMemory(() => storage, 'here').unfinished()).toEqual([]);
    },
  );
});

describe('what a file looks like inside', () => {
  it('is looked at from its beginning to its end, in bounds and without overlap', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), (byteCount) => {
        const places = placesIn(byteCount);
        expect([places[0]?.start, places.at(-1)?.end]).toEqual([0, byteCount]);
        places.forEach(({ start, end }, at) => {
          expect(end - start).toBeLessThanOrEqual(1024 * 1024);
          expect(start).toBeGreaterThanOrEqual(places[at - 1]?.end ?? 0);
        });
      }),
    );
  });

  it('is the same for the same bytes and another for one that differs', async () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 2000 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), async (one, at, by) => {
        const other = one.slice();
        const place = at % one.length;
        other[place] = (other[place] ?? 0) ^ by;
        const of = (each: Uint8Array<ArrayBuffer>) => fileFingerprint(new Blob([each]));
        const [first, again, changed] = await Promise.all([of(one), of(one.slice()), of(other)]);
        expect(first).toMatch(/^[0-9a-f]{16}$/);
        expect([again, changed === first]).toEqual([first, false]);
      }),
      { numRuns: 60 },
    );
  });
});
