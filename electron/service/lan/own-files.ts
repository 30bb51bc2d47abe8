import type { Receipt } from '../../../shared/receipt.ts';

/** A stored file as the device that sent it may see it. Files of other devices are not there for it. */
export interface OwnFile {
  readonly receipt: Receipt;
  /** What the device itself called the asset, which another one may have sent first. */
  readonly assetKey: string;
  /** Lower-case hex. */
  readonly sha1: string;
  readonly isFavourite: boolean;
  /** Since when it is in the trash; ms UTC. */
  readonly trashedAt: number | undefined;
  readonly isVideo: boolean;
  readonly width: number | undefined;
  readonly height: number | undefined;
  readonly durationMs: number | undefined;
  /** Base64. */
  readonly thumbhash: string | undefined;
  /** Of the still of a Live Photo: the receipt of its movie. */
  readonly movieId: string | undefined;
  /** Is the movie of a Live Photo whose still is here. */
  readonly isMovieOfStill: boolean;
}

/** What an app keeps beside a file under one key. */
export interface KeptValue {
  /** As JSON. */
  readonly value: string;
  /** When it was told; ms UTC. */
  readonly notedAt: number;
}

/** What became of a file, in the order of its last change. */
export type FileChange =
  | { readonly changeNumber: number; readonly file: OwnFile }
  | { readonly changeNumber: number; readonly goneId: string };

/** What devices may ask about what they sent. */
export interface OwnFiles {
  /** Says that a device's app knows its files by their SHA-1: those that have none get one, in a while. */
  wantSha1s(deviceId: string): void;
  /**
   * A receipt of bytes with this SHA-1 whose file stands; never one that was found damaged.
   * @throws RoostError `library/missing`.
   */
  standingBySha1(deviceId: string, sha1: string): Promise<Receipt | undefined>;
  /** What the device's app keeps beside a file, by its keys. */
  appMetadata(deviceId: string, receiptId: string): ReadonlyMap<string, KeptValue>;
  byId(deviceId: string, receiptId: string): OwnFile | undefined;
  /** Waits until nobody else chooses what is kept under a key, and keeps others waiting until it is disposed. */
  holdKey(deviceId: string, assetKey: string): Promise<Disposable>;
  /** Whether the device sent other bytes as such a file of such an asset, and never these. */
  isSentOtherwise(
    deviceId: string,
    file: Pick<Receipt, 'assetKey' | 'resourceType'>,
    sha256: string,
  ): boolean;
  /** The last `limit` files before a number of the journal, newest first, and the number to go on before. */
  page(
    deviceId: string,
    before: number,
    limit: number,
  ): { readonly files: readonly OwnFile[]; readonly before: number | undefined };
  counts(deviceId: string): Promise<{ readonly images: number; readonly videos: number }>;
  /** The number of the last change there is. */
  lastChange(): number;
  /** Looks at so many changes behind a number, up to another: those the device may know of, and how far they go. */
  changesAfter(
    deviceId: string,
    changeNumber: number,
    end: number,
    limit: number,
  ): { readonly changes: readonly FileChange[]; readonly upTo: number };
  /** Tells apart lists of changes: another one counts from the beginning. */
  changesId(): string;
}
