import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/**
 * A log file that never fails its writer and never grows past a bound: a disk without room costs log lines, not
 * what the service was doing. Past `maxByteCount` it is put aside as `<name>.old`, replacing the one before.
 */
export class LogFile {
  readonly #path: string;
  readonly #maxByteCount: number;
  #file: number | undefined;
  #byteCount = 0;

  constructor(path: string, maxByteCount: number) {
    this.#path = path;
    this.#maxByteCount = maxByteCount;
  }

  write(line: string): void {
    try {
      const file = this.#open();
      this.#byteCount += writeSync(file, line);
      if (this.#byteCount > this.#maxByteCount) {
        this.close();
        renameSync(this.#path, `${this.#path}.old`);
      }
    } catch {
      // Nowhere left to say so. The next line tries again.
      this.close();
    }
  }

  close(): void {
    const file = this.#file;
    this.#file = undefined;
    try {
      if (file !== undefined) closeSync(file);
    } catch {
      // The descriptor is gone either way.
    }
  }

  #open(): number {
    if (this.#file === undefined) {
      this.#file = openSync(this.#path, 'a', 0o600);
      this.#byteCount = fstatSync(this.#file).size;
    }
    return this.#file;
  }
}
