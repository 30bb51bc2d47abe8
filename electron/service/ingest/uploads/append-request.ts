import type { Readable } from 'node:stream';

import { RoostError } from '../../../../shared/error-catalogue.ts';
import type { StoredOutcome } from '../incoming-resource.ts';

import type { LengthClaim } from './agreed-length.ts';

/** One request that adds bytes. */
export interface AppendRequest extends LengthClaim {
  readonly body: Readable;
  /** Its chunks are nobody else's: their memory may be given back once they are written. */
  readonly ownsChunks?: boolean | undefined;
  /** tus: the file ends when its known length is reached, whatever `endsFile` says. */
  readonly endsAtLength: boolean;
  /** Proves the body of this one request; without a match nothing of it is kept. */
  readonly partDigest?: PartDigest | undefined;
  /** SHA-256 of the whole file in lower-case hex, looked at where the request ends it. */
  readonly wholeSha256?: string | undefined;
}

export interface PartDigest {
  /** As `node:crypto` names it. */
  readonly algorithm: 'sha1' | 'sha256' | 'sha512' | 'md5';
  readonly digest: Uint8Array;
}

export interface AppendEvents {
  /** Everything but the bytes themselves has been agreed to. */
  readonly onWanted?: (() => void) | undefined;
  /** So many bytes of the file are durable; the request goes on. */
  readonly onDurable?: ((byteCount: number) => void) | undefined;
}

export type AppendResult =
  | { readonly kind: 'open'; readonly byteCount: number }
  | { readonly kind: 'finished'; readonly byteCount: number; readonly outcome: StoredOutcome };

/** What a device hears that asks how far an upload came. */
export interface UploadProgress {
  /** Durable: an offset that was told is accepted afterwards, and never gets smaller. */
  readonly byteCount: number;
  readonly length: number | undefined;
  readonly expiresAt: number;
  readonly outcome?: StoredOutcome | undefined;
}

/** A request would go on at another byte than the next one. */
export class OffsetMismatchError extends RoostError {
  readonly expectedOffset: number;
  readonly providedOffset: number;

  constructor(expectedOffset: number, providedOffset: number) {
    super(
      'upload/offset-mismatch',
      `The upload has ${expectedOffset} bytes; the request begins at ${providedOffset}.`,
    );
    this.expectedOffset = expectedOffset;
    this.providedOffset = providedOffset;
  }
}

/**
 * What who asks again for the end of a stored file hears: an answer may have been lost on its way.
 * @throws RoostError `upload/completed` for every other request.
 */
export function endAgain(
  request: AppendRequest,
  byteCount: number,
  outcome: StoredOutcome,
): AppendResult {
  const { contentLength, endsFile, endsAtLength, wholeSha256 } = request;
  const isAtEnd = request.offset === byteCount && contentLength === 0;
  const { sha256 } = outcome.receipt;
  const isOfThisFile = wholeSha256 === undefined || wholeSha256 === sha256;
  if (isAtEnd && (endsFile || endsAtLength) && isOfThisFile) {
    return { kind: 'finished', byteCount, outcome };
  }
  throw new RoostError('upload/completed');
}
