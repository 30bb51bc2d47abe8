import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { fakeStorage } from '../../tests/support/fake-storage.ts';

import type { UploadAnswer } from '../../shared/native-protocol.ts';

import type { Outcome } from './outcome.ts';
import { RESUMABLE_FROM_BYTE_COUNT, ResumingSender, type SendSubject } from './resuming-sender.ts';
import type { UploadOffset, UploadTransport } from './upload-calls.ts';
import { UploadMemory } from './upload-memory.ts';

const LENGTH = RESUMABLE_FROM_BYTE_COUNT;
const UNREACHABLE = { kind: 'unreachable' } as const;

/** What goes wrong in one try, if anything. */
type Fault =
  | { readonly kind: 'cut'; readonly afterByteCount: number }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'begin-lost' }
  | { readonly kind: 'offset-lost' }
  | { readonly kind: 'forgotten' }
  | { readonly kind: 'refused'; readonly code: string };

/** A computer that keeps what came of broken uploads. */
class FakeRoost implements UploadTransport {
  readonly stored: Buffer[] = [];
  receivedByteCount = 0;
  begunCount = 0;
  wholeCount = 0;
  fault: Fault | undefined;
  readonly #uploads = new Map<string, { bytes: Buffer; isDone: boolean }>();

  async sendWhole({ file }: SendSubject): Promise<Outcome<UploadAnswer>> {
    this.wholeCount += 1;
    return this.#keep(Buffer.from(await file.arrayBuffer()));
  }

  begin(): Promise<Outcome<string>> {
    this.begunCount += 1;
    const uploadId = `upload-${this.begunCount}`;
    this.#uploads.set(uploadId, { bytes: Buffer.alloc(0), isDone: false });
    const isLost = this.#takes('begin-lost') !== undefined;
    return Promise.resolve(isLost ? UNREACHABLE : { kind: 'done', value: uploadId });
  }

  tellOffset(uploadId: string): Promise<Outcome<UploadOffset>> {
    if (this.#takes('forgotten')) this.#uploads.clear();
    if (this.#takes('offset-lost')) return Promise.resolve(UNREACHABLE);
    const upload = this.#uploads.get(uploadId);
    if (!upload) return Promise.resolve(refused('upload/not-found'));
    const value = { byteCount: upload.bytes.length, isComplete: upload.isDone };
    return Promise.resolve({ kind: 'done', value });
  }

  async appendAll(
    uploadId: string,
    file: File,
    onSent: (byteCount: number) => void,
  ): Promise<Outcome<UploadAnswer>> {
    const received = await this.#receive(uploadId, file, 0, onSent);
    return received.kind === 'done' ? this.#end(uploadId) : received;
  }

  appendRest(
    uploadId: string,
    file: File,
    offset: number,
    onSent: (byteCount: number) => void,
  ): Promise<Outcome<UploadOffset>> {
    return this.#receive(uploadId, file, offset, onSent);
  }

  end(uploadId: string, file: File, sha256: string): Promise<Outcome<UploadAnswer>> {
    const { bytes } = this.#uploads.get(uploadId) ?? {};
    if (!bytes) return Promise.resolve(refused('upload/not-found'));
    expect(bytes.length).toBe(file.size);
    if (createHash('sha256').update(bytes).digest('base64') !== sha256) {
      this.#uploads.delete(uploadId);
      return Promise.resolve(refused('upload/digest-mismatch'));
    }
    return Promise.resolve(this.#end(uploadId));
  }

  async #receive(
    uploadId: string,
    file: File,
    offset: number,
    onSent: (byteCount: number) => void,
  ): Promise<Outcome<UploadOffset>> {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return refused('upload/not-found');
    expect([upload.isDone, offset]).toEqual([false, upload.bytes.length]);
    const refusal = this.#takes('refused');
    if (refusal?.kind === 'refused') return refused(refusal.code);
    const cut = this.#takes('cut');
    const end = cut?.kind === 'cut' ? Math.min(offset + cut.afterByteCount, file.size) : file.size;
    const part = Buffer.from(await file.slice(offset, end).arrayBuffer());
    upload.bytes = Buffer.concat([upload.bytes, part]);
    this.receivedByteCount += part.length;
    onSent(end);
    return cut ? UNREACHABLE : { kind: 'done', value: { byteCount: end, isComplete: false } };
  }

  #end(uploadId: string): Outcome<UploadAnswer> {
    const upload = this.#uploads.get(uploadId);
    if (!upload) return refused('upload/not-found');
    const answer = upload.isDone ? answered(upload.bytes.length) : this.#keep(upload.bytes);
    upload.isDone = true;
    return this.#takes('answer-lost') ? UNREACHABLE : answer;
  }

  #takes(kind: Fault['kind']): Fault | undefined {
    const { fault } = this;
    if (fault?.kind !== kind) return undefined;
    this.fault = undefined;
    return fault;
  }

  #keep(bytes: Buffer): Outcome<UploadAnswer> {
    this.stored.push(bytes);
    return answered(bytes.length);
  }
}

function answered(byteCount: number): Outcome<UploadAnswer> {
  const ids = { receiptId: 'receipt', assetId: 'asset' };
  return { kind: 'done', value: { result: 'stored', ...ids, byteCount, sha256: '' } };
}

function refused(code: string): Outcome<never> {
  const refusal = { code, title: 'No.', detail: '', retry: 'never' as const };
  return { kind: 'refused', refusal: { ...refusal, retryAfterMs: undefined } };
}

function film(seed: number, changes: Partial<SendSubject> = {}): SendSubject {
  const bytes = new Uint8Array(LENGTH).fill(seed);
  return {
    file: new File([bytes], 'film.mov', { lastModified: 1 }),
    assetKey: 'web:film.mov',
    resourceType: 'video',
    isAlike: false,
    keysOfPick: new Set(['web:film.mov']),
    ...changes,
  };
}

/** One try on a page that was just loaded: nothing but the storage is left of the ones before. */
function trial(roost: FakeRoost, storage: Storage, subject: SendSubject) {
  const sender = new ResumingSender(roost, new UploadMemory(() => storage, 'server'));
  const kept: number[] = [];
  const events = { onKept: (count: number) => kept.push(count), onSent: () => undefined };
  const outcome = sender.upload(subject, events, new AbortController().signal);
  return outcome.then(({ kind }) => ({ kind, kept }));
}

describe('one try to send a file', () => {
  it('goes on where the one before broke off, on a page that was loaded anew', async () => {
    const roost = new FakeRoost();
    const storage = fakeStorage();
    const subject = film(3);
    roost.fault = { kind: 'cut', afterByteCount: 1_000_000 };
    expect((await trial(roost, storage, subject)).kind).toBe('unreachable');
    expect(await trial(roost, storage, subject)).toEqual({ kind: 'done', kept: [1_000_000] });
    expect([roost.begunCount, roost.receivedByteCount]).toEqual([1, LENGTH]);
    expect(storage.getItem('roost.uploads')).toBeNull();
  });

  it('goes on with a file that iOS gave another time, and so another key', async () => {
    const roost = new FakeRoost();
    const storage = fakeStorage();
    roost.fault = { kind: 'cut', afterByteCount: 5000 };
    await trial(roost, storage, film(3));
    const key = 'web:film.mov, later';
    const again = film(3, { assetKey: key, keysOfPick: new Set([key]) });
    expect((await trial(roost, storage, again)).kept).toEqual([5000]);
  });

  it('begins anew with another file of the same name, length and time', async () => {
    const roost = new FakeRoost();
    const storage = fakeStorage();
    roost.fault = { kind: 'cut', afterByteCount: 5000 };
    await trial(roost, storage, film(3));
    const other = film(5);
    expect(await trial(roost, storage, other)).toEqual({ kind: 'done', kept: [0] });
    const bytes = Buffer.from(await other.file.arrayBuffer());
    expect(roost.stored[0]?.equals(bytes)).toBe(true);
  });

  it('stores nothing of an upload that another file began which looks the same', async () => {
    const roost = new FakeRoost();
    const storage = fakeStorage();
    roost.fault = { kind: 'cut', afterByteCount: 300_000 };
    await trial(roost, storage, film(3));
    const bytes = new Uint8Array(LENGTH).fill(3);
    bytes[100_000] = 4;
    const other = film(3, { file: new File([bytes], 'film.mov', { lastModified: 1 }) });
    expect(await trial(roost, storage, other)).toEqual({ kind: 'refused', kept: [300_000] });
    expect(roost.stored).toEqual([]);
    expect(await trial(roost, storage, other)).toEqual({ kind: 'done', kept: [0] });
    expect(roost.stored.map((each) => each.equals(bytes))).toEqual([true]);
  });

  it('leaves alone the upload of another file of the same pick that is alike inside', async () => {
    const roost = new FakeRoost();
    const storage = fakeStorage();
    roost.fault = { kind: 'cut', afterByteCount: 5000 };
    await trial(roost, storage, film(3));
    const keysOfPick = new Set(['web:film.mov', 'web:film.mov#2']);
    const second = film(3, { assetKey: 'web:film.mov#2', keysOfPick });
    expect((await trial(roost, storage, second)).kept).toEqual([0]);
  });

  it('sends a short file in one request', async () => {
    const roost = new FakeRoost();
    const file = new File(['short'], 'photo.jpg');
    await trial(roost, fakeStorage(), film(3, { file }));
    expect([roost.wholeCount, roost.begunCount]).toEqual([1, 0]);
  });

  it('says of a file that cannot be read that nothing came of it', async () => {
    const roost = new FakeRoost();
    const gone = Object.assign(new File([new Uint8Array(LENGTH)], 'gone.mov'), {
      slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone')) }),
    });
    const subject = film(3, { file: gone as unknown as File });
    expect((await trial(roost, fakeStorage(), subject)).kind).toBe('unreachable');
    expect(roost.begunCount).toBe(0);
  });

  it('keeps the upload where a person must do something first', async () => {
    const roost = new FakeRoost();
    const storage = fakeStorage();
    roost.fault = { kind: 'cut', afterByteCount: 5000 };
    await trial(roost, storage, film(3));
    roost.fault = { kind: 'offset-lost' };
    await trial(roost, storage, film(3));
    expect((await trial(roost, storage, film(3))).kept).toEqual([5000]);
  });

  it.each(['upload/not-found', 'upload/inconsistent-length', 'upload/completed'])(
    'begins anew at the next try after %s',
    async (code) => {
      const roost = new FakeRoost();
      const storage = fakeStorage();
      roost.fault = { kind: 'refused', code };
      expect((await trial(roost, storage, film(3))).kind).toBe('refused');
      expect((await trial(roost, storage, film(3))).kind).toBe('done');
      expect(roost.begunCount).toBe(2);
    },
  );
});

it('brings every file home whole, whatever breaks, and sends nothing twice that was kept', async () => {
  const fault = fc.oneof(
    fc.record({ kind: fc.constant('cut' as const), afterByteCount: fc.nat(LENGTH) }),
    fc.constantFrom<Fault>(
      { kind: 'answer-lost' },
      { kind: 'begin-lost' },
      { kind: 'offset-lost' },
      { kind: 'refused', code: 'upload/not-found' },
    ),
  );
  // Bytes that tell where they belong.
  const places = Uint8Array.from({ length: LENGTH }, (_, at) => (at >> 8) ^ at);
  const subject = film(7, { file: new File([places], 'film.mov') });
  const bytes = Buffer.from(await subject.file.arrayBuffer());
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { maxLength: 5 }), async (faults) => {
      const roost = new FakeRoost();
      const storage = fakeStorage();
      let kind = '';
      for (const each of [...faults, undefined]) {
        if (kind === 'done') break;
        roost.fault = each;
        ({ kind } = await trial(roost, storage, subject));
      }
      roost.fault = undefined;
      if (kind !== 'done') ({ kind } = await trial(roost, storage, subject));
      expect([kind, roost.stored.length]).toEqual(['done', 1]);
      expect(roost.stored[0]?.equals(bytes)).toBe(true);
      const wasRefused = faults.some((each) => each.kind === 'refused');
      if (!wasRefused) expect(roost.receivedByteCount).toBe(LENGTH);
    }),
    { numRuns: 12 },
  );
});

it('begins anew where the computer has let the upload go', async () => {
  const roost = new FakeRoost();
  const storage = fakeStorage();
  roost.fault = { kind: 'cut', afterByteCount: 5000 };
  await trial(roost, storage, film(3));
  roost.fault = { kind: 'forgotten' };
  expect(await trial(roost, storage, film(3))).toEqual({ kind: 'done', kept: [0] });
  expect([roost.begunCount, roost.stored.length]).toEqual([2, 1]);
});
