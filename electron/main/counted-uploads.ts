/** "1 upload", "3 uploads". */
export function countedUploads(count: number): string {
  return count === 1 ? '1 upload' : `${count} uploads`;
}
