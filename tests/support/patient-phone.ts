import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'vitest';

import { RoostError } from '../../shared/error-catalogue.ts';
import type { Receipt } from '../../shared/receipt.ts';
import type { ResumableUpload } from '../../electron/service/ingest/uploads/resumable-upload.ts';

import { PHONE, type Core } from './core-lab.ts';
import { append, begin, breaksAfter } from './upload-lab.ts';

/** What a phone knows of its upload. */
export interface PhoneMemory {
  /** The upload it would go on with. */
  readonly uploadId?: string;
  /** The highest offset it was told of that upload. */
  readonly toldOffset?: number;
  /** It asked for the upload's end: whether that happened it may not know. */
  readonly isLeaving?: boolean;
  /** What it was told to be stored. */
  readonly receipt?: Receipt;
}

export interface GoOnOptions {
  readonly context: string;
  /** Whether an upload of which an offset was told may be gone. */
  readonly mayBeGone: boolean;
}

/**
 * A phone that wants one photo stored whatever happens on the way, and holds the service to every offset that it
 * was told.
 */
export class PatientPhone {
  readonly bytes: Buffer;
  /** What it knew when, by a count of moments that its maker gives. */
  readonly memories: { readonly moment: number; readonly memory: PhoneMemory }[] = [];
  readonly #assetKey: string;
  readonly #momentNow: () => number;
  #memory: PhoneMemory;

  constructor(bytes: Buffer, memory: PhoneMemory = {}, momentNow = (): number => 0) {
    this.bytes = bytes;
    this.#assetKey = 'resumed';
    this.#memory = memory;
    this.#momentNow = momentNow;
    this.memories.push({ moment: 0, memory });
  }

  get memory(): PhoneMemory {
    return this.#memory;
  }

  /** What it knew at a moment. */
  memoryAt(moment: number): PhoneMemory {
    return this.memories.findLast((each) => each.moment <= moment)?.memory ?? {};
  }

  async begin(core: Core): Promise<void> {
    const { uploadId } = await begin(core, this.#assetKey);
    this.#remember({ uploadId });
  }

  /** Sends as far as `end`; then the connection breaks, and no answer comes. */
  async breakOffAt(core: Core, end: number): Promise<void> {
    const upload = await this.#find(core);
    const body = breaksAfter(this.bytes.subarray(this.#offset, end));
    const sent = append(core, upload, body, { offset: this.#offset });
    const error = await sent.catch((reason: unknown) => reason);
    if ((error as RoostError).code !== 'upload/interrupted') throw error;
  }

  /** Asks how far the upload came. */
  async ask(core: Core, context = ''): Promise<void> {
    const { byteCount, outcome } = await core.ingest.progressOf(await this.#find(core));
    if (outcome) this.#hearStored(outcome.receipt, context);
    else this.#hearOffset(byteCount, context);
  }

  /** Sends one part that does not end the file, with the digest of the bytes, or of others. */
  async sendPart(core: Core, end: number, isDigestRight: boolean): Promise<void> {
    const part = this.bytes.subarray(this.#offset, end);
    const digest = createHash('sha256')
      .update(isDigestRight ? part : 'other bytes')
      .digest();
    const change = {
      offset: this.#offset,
      endsFile: false,
      partDigest: { algorithm: 'sha256', digest },
    } as const;
    const sent = append(core, await this.#find(core), part, change);
    if (isDigestRight) {
      this.#hearOffset((await sent).byteCount, '');
      return;
    }
    const error = await sent.catch((reason: unknown) => reason);
    if ((error as RoostError).code !== 'upload/part-digest-mismatch') throw error;
  }

  /** Sends what is missing, which ends the file; nothing, where it only asks for the answer again. */
  async end(core: Core, context = ''): Promise<void> {
    const rest = this.bytes.subarray(this.#offset);
    const result = await append(core, await this.#find(core), rest, { offset: this.#offset });
    expect(result, context).toMatchObject({
      kind: 'finished',
      byteCount: this.bytes.byteLength,
    });
    if (result.kind === 'finished') this.#hearStored(result.outcome.receipt, context);
  }

  async cancel(core: Core): Promise<void> {
    const upload = await this.#find(core);
    this.#remember({ ...this.#memory, isLeaving: true });
    await core.ingest.cancel(upload);
  }

  /** Goes on from wherever the upload is until the photo is stored, and compares every byte of it. */
  async goOn(core: Core, { context, mayBeGone }: GoOnOptions): Promise<void> {
    const { receipt: before, uploadId, toldOffset, isLeaving = false } = this.#memory;
    const mustBeHere = toldOffset !== undefined && !isLeaving && !mayBeGone;
    try {
      if (uploadId === undefined) throw new RoostError('upload/not-found');
      await this.ask(core, context);
      await this.end(core, context);
    } catch (error) {
      expect(error, context).toMatchObject({ code: 'upload/not-found' });
      expect(mustBeHere, `offset ${toldOffset} was told, ${context}`).toBe(false);
      await this.begin(core);
      await this.end(core, context);
    }
    const { receipt } = this.#memory;
    if (before) expect(receipt?.receiptId, context).toBe(before.receiptId);
    const stored = await readFile(join(core.libraryFolder, receipt?.path ?? ''));
    expect(stored.equals(this.bytes), `bit for bit, ${context}`).toBe(true);
  }

  get #offset(): number {
    return this.#memory.toldOffset ?? 0;
  }

  #find(core: Core): Promise<ResumableUpload> {
    return core.ingest.findUpload(this.#memory.uploadId ?? '', PHONE);
  }

  #hearOffset(byteCount: number, context: string): void {
    expect(byteCount, `offset told, ${context}`).toBeGreaterThanOrEqual(this.#offset);
    this.#remember({ ...this.#memory, toldOffset: byteCount });
  }

  #hearStored(receipt: Receipt, context: string): void {
    expect(receipt.byteCount, context).toBe(this.bytes.byteLength);
    this.#remember({ ...this.#memory, toldOffset: this.bytes.byteLength, receipt });
  }

  #remember(memory: PhoneMemory): void {
    this.#memory = memory;
    this.memories.push({ moment: this.#momentNow(), memory });
  }
}
