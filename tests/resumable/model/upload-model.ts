import type { InteropVersion } from '../../support/resuming-phone.ts';

export type ModelDialect = InteropVersion | 'tus';

/** `forgotten` ones are (perhaps) stored, and their address is gone. */
export type UploadState =
  'open' | 'perhaps-stored' | 'stored' | 'gone' | 'forgotten' | 'perhaps-forgotten';

/** What may be true of one upload, by what its device sent and heard. */
export interface ModelUpload {
  readonly number: number;
  readonly assetKey: string;
  readonly dialect: ModelDialect;
  readonly bytes: Buffer;
  /** Path of its address. */
  readonly path: string;
  /** The highest offset that Roost told: it must never be less. */
  told: number;
  /** The highest byte that can have arrived. */
  sent: number;
  /**
   * Roost told an offset before the end, so no crash may lose it. An upload that ended in its first request may be
   * forgotten by a crash, and its file may not.
   */
  isAcknowledged: boolean;
  state: UploadState;
  /** Of the answer that told that it is stored. */
  receiptId?: string;
}

/** All that a plain model knows of what may be stored: no files, no hashes, no protocol. */
export class UploadsModel {
  readonly uploads: ModelUpload[] = [];
  #count = 0;

  nextNumber(): number {
    return this.#count++;
  }

  /** The chosen one of those in some state, or nothing when there is none. */
  pick(choice: number, states: readonly UploadState[]): ModelUpload | undefined {
    const those = this.uploads.filter((upload) => states.includes(upload.state));
    return those[choice % Math.max(1, those.length)];
  }

  has(states: readonly UploadState[]): boolean {
    return this.uploads.some((upload) => states.includes(upload.state));
  }
}
