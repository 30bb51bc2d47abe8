import type { UploadAnswer } from '../../shared/native-protocol.ts';

import { fileFingerprint } from './file-fingerprint.ts';
import { FileHash } from './file-hash.ts';
import type { Outcome } from './outcome.ts';
import type { UploadSubject, UploadTransport } from './upload-calls.ts';
import type { UploadLook, UploadMemory } from './upload-memory.ts';

/**
 * From this length on an upload can be gone on with. What is shorter goes in one request: it is sent again sooner than
 * an address for it is asked for and written down on the computer's disk.
 */
export const RESUMABLE_FROM_BYTE_COUNT = 2 * 1024 ** 2;

/** A picked file to be sent. */
export interface SendSubject extends UploadSubject {
  /** The keys of all files of the pick. */
  readonly keysOfPick: ReadonlySet<string>;
}

export interface SendEvents {
  /** So much of the file is here for good, before more is sent; of a file sent in one request this is not known. */
  readonly onKept: (byteCount: number) => void;
  /** So much of the file left this phone. */
  readonly onSent: (byteCount: number) => void;
}

/** The computer has no such upload (any more), or cannot go on with it: it is begun anew. */
const LOST_CODES: readonly string[] = [
  'upload/not-found',
  'upload/let-go',
  'upload/cancelled',
  'upload/completed',
  'upload/inconsistent-length',
  'upload/length-mismatch',
  'upload/digest-mismatch',
];

/**
 * One try to send one file: goes on with an upload that was begun before, whoever began it in this browser, asking
 * how far it came; else begins one. What was begun may be of another file that looks the same: so an upload that is
 * gone on with ends only with the hash of this one, or comes to nothing and is begun anew.
 */
export class ResumingSender {
  readonly #transport: UploadTransport;
  readonly #memory: UploadMemory;
  readonly #hashes = new WeakMap<File, FileHash>();

  constructor(transport: UploadTransport, memory: UploadMemory) {
    this.#transport = transport;
    this.#memory = memory;
  }

  async upload(
    subject: SendSubject,
    events: SendEvents,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    const { file, assetKey, resourceType, keysOfPick } = subject;
    if (!isResumable(file)) return this.#transport.sendWhole(subject, events.onSent, signal);
    const fingerprint = await fileFingerprint(file).catch(() => undefined);
    if (fingerprint === undefined) return { kind: 'unreachable' };
    const look = { assetKey, resourceType, byteCount: file.size, fingerprint };
    const known = this.#memory.find(look, keysOfPick);
    const resumed = known && (await this.#goOn(known.uploadId, file, events, signal));
    return resumed ?? (await this.#begin(subject, look, events, signal));
  }

  /** Gives `undefined` when there is nothing to go on with. */
  async #goOn(
    uploadId: string,
    file: File,
    events: SendEvents,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer> | undefined> {
    const told = await this.#transport.tellOffset(uploadId, signal);
    if (told.kind === 'done') {
      const { byteCount, isComplete } = told.value;
      const isOfThisFile = isComplete ? byteCount === file.size : byteCount <= file.size;
      if (isOfThisFile && byteCount > 0) {
        return this.#goOnFrom(uploadId, file, byteCount, events, signal);
      }
      if (isOfThisFile) return this.#appendAll(uploadId, file, events, signal);
    } else if (!isLost(told)) return told;
    this.#memory.forget(uploadId);
    return undefined;
  }

  async #begin(
    subject: SendSubject,
    look: UploadLook,
    events: SendEvents,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    const begun = await this.#transport.begin(subject, signal);
    if (begun.kind !== 'done') return begun;
    // Before the first byte: from now on the page may be closed at any moment.
    this.#memory.remember(look, begun.value, subject.file.name);
    return this.#appendAll(begun.value, subject.file, events, signal);
  }

  async #appendAll(
    uploadId: string,
    file: File,
    events: SendEvents,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    events.onKept(0);
    const sent = await this.#transport.appendAll(uploadId, file, events.onSent, signal);
    return this.#noted(uploadId, sent);
  }

  async #goOnFrom(
    uploadId: string,
    file: File,
    offset: number,
    events: SendEvents,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    events.onKept(offset);
    let isOver = false;
    // Meanwhile: on a phone it may take as long as sending the rest does.
    const hashing = this.#hashOf(file).read(() => !isOver && !signal.aborted);
    try {
      if (offset < file.size) {
        const { onSent } = events;
        const sent = await this.#transport.appendRest(uploadId, file, offset, onSent, signal);
        if (sent.kind !== 'done') return this.#noted(uploadId, sent);
      }
      const sha256 = await hashing;
      if (sha256 === undefined) return { kind: 'unreachable' };
      return this.#noted(uploadId, await this.#transport.end(uploadId, file, sha256, signal));
    } finally {
      isOver = true;
    }
  }

  #hashOf(file: File): FileHash {
    const hash = this.#hashes.get(file) ?? new FileHash(file);
    this.#hashes.set(file, hash);
    return hash;
  }

  /** Forgets an upload that is over. */
  #noted<T>(uploadId: string, outcome: Outcome<T>): Outcome<T> {
    if (outcome.kind === 'done') this.#memory.forget(uploadId);
    if (outcome.kind !== 'refused') return outcome;
    const { refusal } = outcome;
    if (isLost(outcome)) {
      this.#memory.forget(uploadId);
      // No reason to give the file up: the next try begins anew.
      return { kind: 'refused', refusal: { ...refusal, retry: 'same' } };
    }
    if (refusal.retry === 'never') this.#memory.forget(uploadId);
    return outcome;
  }
}

/** Whether a try goes on where the one before broke off. */
export function isResumable(file: Blob): boolean {
  return file.size >= RESUMABLE_FROM_BYTE_COUNT;
}

function isLost(outcome: Outcome<unknown>): boolean {
  return outcome.kind === 'refused' && LOST_CODES.includes(outcome.refusal.code);
}
