/** How large a disk is, and how much of it is free. */
export interface DiskBytes {
  readonly freeByteCount: number;
  readonly byteCount: number;
}
