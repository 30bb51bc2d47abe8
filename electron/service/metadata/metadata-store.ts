import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { MediaMetadata } from '../../../shared/media-metadata.ts';
import type { MetadataReason } from '../../../shared/metadata-reasons.ts';
import type { ToldMetadata } from '../../../shared/receipt.ts';

/** A file whose metadata is still to be read. */
export interface WaitingMetadata {
  /** Of the original, lower-case hex: metadata belongs to bytes, not to names. */
  readonly sha256: string;
  /** Where the original stands now. */
  readonly absolutePath: string;
  /** What was told with the bytes when they were first stored, and when that was. */
  readonly told: ToldMetadata;
  readonly storedAt: number;
}

/** What came of reading a file. */
export interface MetadataReading {
  /** `failed`: the file's details could not be read, though there is a program to read them. */
  readonly state: 'ready' | 'failed';
  /** Why there is less than could be; absent when all was read. */
  readonly reason?: MetadataReason;
  readonly detail?: string;
  /** Of the exiftool that read it or failed at it; absent when only the header was read. */
  readonly toolVersion?: string;
  readonly metadata: MediaMetadata;
  readonly captureTime: CaptureTime;
}

/** Where the queue keeps its work; the catalog implements it, so that what waits is still there after a crash. */
export interface MetadataStore {
  /** The waiting file that was stored last. It stays waiting until something is saved for it. */
  nextWaiting(): WaitingMetadata | undefined;
  /** Notes that the metadata of stored bytes is to be read. What was read before stays until then. */
  enqueue(sha256: string): void;
  save(sha256: string, reading: MetadataReading): void;
  /** Whether anything stands here with a reason, so that another version of exiftool might do better. */
  hasReasons(): boolean;
  /** Notes again what another version of exiftool could not read or was not there to read. */
  requeueForVersion(toolVersion: string): void;
}
