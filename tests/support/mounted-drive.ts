import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { tempFolder } from './temp-folder.ts';

const run = promisify(execFile);

/** Why this computer cannot mount drives for a test; `undefined` where it can. */
export async function missingForMounts(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'drives are mounted by this test on Linux only';
  if (process.getuid?.() !== 0) return 'mounting needs root';
  try {
    await using drive = await MountedDrive.make(1);
    await drive.pull();
    return undefined;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    return `the system does not allow mounting (${said || 'no reason given'})`;
  }
}

/** A real drive of its own file system, in memory, plugged in at `path`. It can be pulled in the middle of anything. */
export class MountedDrive implements AsyncDisposable {
  /** Where it is plugged in; an empty folder while it is not. */
  readonly path: string;
  /** Where it can be reached all the time, as from another computer. */
  readonly elsewhere: string;
  readonly #stack = new AsyncDisposableStack();
  #isIn = false;

  private constructor(folder: string) {
    this.path = join(folder, 'drive');
    this.elsewhere = join(folder, 'elsewhere');
  }

  static async make(mebibytes: number): Promise<MountedDrive> {
    const temp = await tempFolder();
    const drive = new MountedDrive(temp.path);
    drive.#stack.use(temp);
    try {
      await mkdir(drive.path);
      await mkdir(drive.elsewhere);
      await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', drive.elsewhere]);
      drive.#stack.defer(async () => {
        await run('umount', ['-l', drive.elsewhere]);
      });
      drive.#stack.defer(() => drive.pull());
      await drive.plugIn();
      return drive;
    } catch (error) {
      await drive[Symbol.asyncDispose]();
      throw error;
    }
  }

  async plugIn(): Promise<void> {
    await run('mount', ['--bind', this.elsewhere, this.path]);
    this.#isIn = true;
  }

  /** Takes it away while files on it are open. */
  async pull(): Promise<void> {
    if (!this.#isIn) return;
    await run('umount', ['-l', this.path]);
    this.#isIn = false;
  }

  /** Plugs it in at another place too, until that is disposed. */
  async alsoAt(path: string): Promise<AsyncDisposable> {
    await run('mount', ['--bind', this.elsewhere, path]);
    let isIn = true;
    return {
      [Symbol.asyncDispose]: async () => {
        if (isIn) await run('umount', ['-l', path]);
        isIn = false;
      },
    };
  }

  /** Becomes read-only in the middle of anything, as a drive with errors does, until it is plugged in again. */
  async becomeReadOnly(): Promise<void> {
    // The system itself would not do this while files are open for writing.
    await this.pull();
    await this.plugIn();
    await run('mount', ['-o', 'remount,bind,ro', this.path]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}
