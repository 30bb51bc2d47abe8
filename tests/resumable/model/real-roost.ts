import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'vitest';

import { isHashList } from '../../../electron/service/library/hash-list.ts';
import { sha256Of } from '../../support/fake-phone.ts';
import type { HeardAnswer, OpenRequest } from '../../support/open-request.ts';
import { isToldComplete, ResumingPhone } from '../../support/resuming-phone.ts';
import { RoostProcess, type RoostFolders } from '../../support/roost-process.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { TusPhone } from '../../support/tus-phone.ts';

import type { ModelUpload, UploadsModel, UploadState } from './upload-model.ts';

const FORGOTTEN: Readonly<Record<UploadState, UploadState>> = {
  open: 'gone',
  gone: 'gone',
  stored: 'forgotten',
  forgotten: 'forgotten',
  'perhaps-stored': 'perhaps-forgotten',
  'perhaps-forgotten': 'perhaps-forgotten',
};

/** A Roost in a process of its own that can be killed, and the devices that send to it. */
export class RealRoost implements AsyncDisposable {
  readonly #folders: RoostFolders;
  readonly #token: string;
  readonly #stack: AsyncDisposableStack;
  #process: RoostProcess;

  private constructor(
    process: RoostProcess,
    folders: RoostFolders,
    token: string,
    stack: AsyncDisposableStack,
  ) {
    this.#process = process;
    this.#folders = folders;
    this.#token = token;
    this.#stack = stack;
  }

  static async start(): Promise<RealRoost> {
    await using stack = new AsyncDisposableStack();
    const { path } = stack.use(await tempFolder());
    const folders = { dataFolder: join(path, 'data'), libraryFolder: join(path, 'library') };
    const process = await RoostProcess.start(folders);
    const { token } = await process.pair('Phone');
    return new RealRoost(process, folders, token, stack.move());
  }

  phone(upload: Pick<ModelUpload, 'dialect'>): ResumingPhone {
    const version = upload.dialect === 'tus' ? 8 : upload.dialect;
    return new ResumingPhone(this.#process.lanUrl, this.#token, version);
  }

  tus(): TusPhone {
    return new TusPhone(this.#process.lanUrl, this.#token);
  }

  /** Keeps a silent connection open until the end. */
  keep(request: OpenRequest): void {
    this.#stack.use(request);
  }

  async crash(): Promise<void> {
    await this.#process.kill();
    this.#process = await RoostProcess.start(this.#folders);
  }

  async restart(): Promise<void> {
    await this.#process.stop();
    this.#process = await RoostProcess.start(this.#folders);
  }

  /**
   * Asks how far an upload came, and holds the answer against the model: it never lost what it told, never has what
   * was not sent, and is complete only if that can be.
   */
  async ask(upload: ModelUpload): Promise<void> {
    const isTus = upload.dialect === 'tus';
    const answer = isTus
      ? await this.tus().send('HEAD', upload.path)
      : await this.phone(upload).ask('HEAD', upload.path);
    if (answer.status === 404 && !upload.isAcknowledged) {
      upload.state = FORGOTTEN[upload.state];
      return;
    }
    expect(answer.status, describe(upload)).toBe(isTus ? 200 : 204);
    const offset = Number(answer.headers['upload-offset']);
    const isComplete =
      upload.dialect === 'tus'
        ? offset === upload.bytes.byteLength
        : isToldComplete(upload.dialect, answer.headers);
    this.#heardOffset(upload, offset, isComplete === true);
    if (isComplete === true) {
      expect(upload.state, describe(upload)).not.toBe('open');
      upload.state = 'stored';
    } else {
      expect(upload.state, describe(upload)).not.toBe('stored');
      // With every byte there it may have been stored before its end could be written down.
      if (offset < upload.bytes.byteLength) upload.state = 'open';
    }
    // Whatever still ran on it has been ended: no more than this can come of it.
    upload.sent = offset;
  }

  /** An answer to a request that was taken in whole. */
  heardAppended(upload: ModelUpload, answer: HeardAnswer, end: number): void {
    expect(answer.status, `${describe(upload)} ${answer.body}`).toBeLessThan(300);
    expect(Number(answer.headers['upload-offset']), describe(upload)).toBe(end);
    upload.sent = end;
    const isStored = answer.headers['roost-result'] !== undefined;
    this.#heardOffset(upload, end, isStored);
    if (isStored) this.heardStored(upload, answer);
  }

  heardStored(upload: ModelUpload, { headers }: HeardAnswer): void {
    expect(['stored', 'repeated']).toContain(headers['roost-result']);
    expect(headers['repr-digest'], describe(upload)).toBe(
      `sha-256=:${Buffer.from(sha256Of(upload.bytes), 'hex').toString('base64')}:`,
    );
    const receiptId = String(headers['roost-receipt']);
    if (upload.receiptId !== undefined) expect(receiptId).toBe(upload.receiptId);
    upload.receiptId = receiptId;
    upload.state = 'stored';
  }

  #heardOffset(upload: ModelUpload, offset: number, isComplete: boolean): void {
    expect(offset, describe(upload)).toBeGreaterThanOrEqual(upload.told);
    expect(offset, describe(upload)).toBeLessThanOrEqual(upload.sent);
    upload.told = offset;
    if (!isComplete) upload.isAcknowledged = true;
  }

  /** What a person sees in the library is what the model says: whole files, each once, nothing else. */
  async expectLibraryToBe(model: UploadsModel): Promise<void> {
    const found: string[] = [];
    const { libraryFolder } = this.#folders;
    for (const entry of await readdir(libraryFolder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (isHashList(entry.name)) continue;
      if (entry.isFile() && !path.slice(libraryFolder.length + 1).startsWith('.roost')) {
        found.push(sha256Of(await readFile(path)));
      }
    }
    const hashesOf = (states: readonly UploadState[]): string[] =>
      model.uploads
        .filter(({ state }) => states.includes(state))
        .map(({ bytes }) => sha256Of(bytes));
    const must = hashesOf(['stored', 'forgotten']);
    const may = new Set([...must, ...hashesOf(['perhaps-stored', 'perhaps-forgotten'])]);
    expect(new Set(found).size, 'nothing twice').toBe(found.length);
    expect(
      found.filter((hash) => !may.has(hash)),
      'nothing that cannot be',
    ).toEqual([]);
    expect(
      must.filter((hash) => !found.includes(hash)),
      'all that must be',
    ).toEqual([]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#process.kill();
    await this.#stack.disposeAsync();
  }
}

function describe({ number, dialect, told, sent, bytes, state }: ModelUpload): string {
  return `upload ${number} (${dialect}, ${state}): told ${told}, sent ${sent} of ${bytes.byteLength}`;
}
