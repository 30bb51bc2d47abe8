import { RoostError } from '../../../../shared/error-catalogue.ts';

/** What one request says about the length of the whole file. */
export interface LengthClaim {
  /** Where the body of the request begins in the file. */
  readonly offset: number;
  /** Length of the body, where it is told beforehand. */
  readonly contentLength?: number | undefined;
  /** Length of the whole file, where the request tells it. */
  readonly uploadLength?: number | undefined;
  /** The body ends the file. */
  readonly endsFile: boolean;
}

/**
 * The length of the whole file after a request's claim, or `undefined` while nobody has told it. Every indication
 * must agree with every other (draft-ietf-httpbis-resumable-upload, section "Length").
 * @throws RoostError `upload/inconsistent-length`.
 */
export function agreedLength(
  known: number | undefined,
  { offset, contentLength, uploadLength, endsFile }: LengthClaim,
): number | undefined {
  const end = contentLength === undefined ? undefined : offset + contentLength;
  const told = [known, uploadLength, endsFile ? end : undefined].filter(
    (each) => each !== undefined,
  );
  const [length] = told;
  if (length === undefined) return undefined;
  const other = told.find((each) => each !== length);
  if (other !== undefined) {
    throw new RoostError(
      'upload/inconsistent-length',
      `The file has ${length} bytes by one indication and ${other} by another.`,
    );
  }
  if ((end ?? offset) > length) {
    throw new RoostError(
      'upload/inconsistent-length',
      `The file has ${length} bytes; this request would end at byte ${end ?? offset}.`,
    );
  }
  return length;
}

/** Why a request cannot end a file whose length is known. */
export function endedShort(length: number, byteCount: number): RoostError {
  return new RoostError(
    'upload/inconsistent-length',
    `The file has ${length} bytes; ${byteCount} arrived.`,
  );
}
