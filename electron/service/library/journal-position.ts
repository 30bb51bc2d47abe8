/** A place in the journal: everything before it has been read, or is durable. */
export interface JournalPosition {
  /** File name such as `2026-11.jsonl`; empty before the first file. */
  readonly file: string;
  readonly byteOffset: number;
}

/** Whether a place comes before another one. */
export function isBefore(one: JournalPosition, other: JournalPosition): boolean {
  return one.file === other.file ? one.byteOffset < other.byteOffset : one.file < other.file;
}
