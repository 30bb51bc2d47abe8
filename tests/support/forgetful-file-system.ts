import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

import {
  nodeFileSystem,
  type FileFacts,
  type FileSystem,
  type LibraryFile,
} from '../../electron/service/library/file-system.ts';

import {
  DiskHistory,
  seededRandom,
  type Change,
  type DiskImage,
  type NodeId,
  type Survival,
} from './disk-history.ts';

/**
 * The real file system below one folder, with a memory of what a power cut would have left of it at any moment:
 * only what was synced is sure to survive. Nothing is really synced; a sync takes a few turns of the event loop
 * instead, so that other operations come in between. What is done past it, as by SQLite, is not remembered.
 */
export class ForgetfulFileSystem implements FileSystem {
  readonly folder: string;
  readonly #history: DiskHistory;
  readonly #root: NodeId;
  readonly #random: () => number;
  /** What stands where right now. */
  readonly #names: Map<NodeId, Map<string, NodeId>>;
  readonly #begun: { readonly beganAt: number; readonly what: string }[] = [];

  private constructor(folder: string, found: Found, root: NodeId, seed: number) {
    this.folder = folder;
    this.#history = found.history;
    this.#names = found.names;
    this.#root = root;
    this.#random = seededRandom(seed);
  }

  /** What stands in the folder already counts as durable. */
  static async over(folder: string, seed = 1): Promise<ForgetfulFileSystem> {
    const found = { history: new DiskHistory(), names: new Map<NodeId, Map<string, NodeId>>() };
    return new ForgetfulFileSystem(folder, found, await load(found, folder), seed);
  }

  /** How many moments there are so far at which the power may go: each begin and each end of an operation. */
  get moment(): number {
    return this.#history.moment;
  }

  /** Operations so far that change or sync something. */
  get operationCount(): number {
    return this.#begun.length;
  }

  /** The operation that began last before a moment, such as `link library/album/1`, for messages. */
  lastBegunAt(moment: number): string {
    return this.#begun.findLast(({ beganAt }) => beganAt < moment)?.what ?? 'nothing';
  }

  /** What the disk holds when the power went at a moment, from 0 (before everything) to `moment`. */
  afterPowerCut(at: number, survival: Survival, seed = 1): DiskImage {
    return this.#history.imageAt(this.#root, at, survival, seed);
  }

  async open(path: string, flags: string, mode?: number): Promise<LibraryFile> {
    if (!['r', 'r+', 'w', 'w+', 'wx', 'wx+'].includes(flags)) throw new Error(`open with ${flags}`);
    const beganAt = this.#begin(`open ${flags}`, path);
    const file = await nodeFileSystem.open(path, flags, mode);
    const endedAt = this.#history.tick();
    let node = this.#find(path);
    if (node === undefined) {
      node = this.#history.addFile();
      this.#name(path, node, beganAt, endedAt);
    } else if (flags.startsWith('w')) {
      this.#history.changed(node, { kind: 'resize', byteCount: 0 }, beganAt, endedAt);
    }
    return this.#remembering(file, node, path);
  }

  async link(from: string, to: string): Promise<void> {
    await this.#act(
      'link',
      to,
      () => nodeFileSystem.link(from, to),
      (beganAt, endedAt) => this.#name(to, this.#find(from), beganAt, endedAt),
    );
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#act(
      'rename',
      to,
      () => nodeFileSystem.rename(from, to),
      (beganAt, endedAt) => {
        const node = this.#find(from);
        this.#name(to, node, beganAt, endedAt);
        this.#name(from, undefined, beganAt, endedAt);
      },
    );
  }

  async unlink(path: string): Promise<void> {
    await this.#act(
      'unlink',
      path,
      () => nodeFileSystem.unlink(path),
      (beganAt, endedAt) => this.#name(path, undefined, beganAt, endedAt),
    );
  }

  async mkdir(path: string): Promise<void> {
    await this.#act(
      'mkdir',
      path,
      () => nodeFileSystem.mkdir(path),
      (beganAt, endedAt) => {
        const node = this.#history.addFolder();
        this.#names.set(node, new Map());
        this.#name(path, node, beganAt, endedAt);
      },
    );
  }

  async truncate(path: string, byteCount: number): Promise<void> {
    await this.#act(
      'truncate',
      path,
      () => nodeFileSystem.truncate(path, byteCount),
      (beganAt, endedAt) => {
        const node = this.#find(path);
        if (node !== undefined) {
          this.#history.changed(node, { kind: 'resize', byteCount }, beganAt, endedAt);
        }
      },
    );
  }

  async removeTree(path: string): Promise<void> {
    await this.#act(
      'removeTree',
      path,
      () => nodeFileSystem.removeTree(path),
      (beganAt, endedAt) => this.#removeTree(path, beganAt, endedAt),
    );
  }

  async rmdir(path: string): Promise<void> {
    await this.#act(
      'rmdir',
      path,
      () => nodeFileSystem.rmdir(path),
      (beganAt, endedAt) => this.#name(path, undefined, beganAt, endedAt),
    );
  }

  async syncFolder(path: string): Promise<void> {
    const node = this.#find(path);
    const beganAt = this.#begin('syncFolder', path);
    // A folder that is not there answers as it really would.
    await nodeFileSystem.readdir(path);
    await this.#takeTime();
    const endedAt = this.#history.tick();
    if (node !== undefined) this.#history.synced(node, beganAt, endedAt);
  }

  stat(path: string): Promise<FileFacts> {
    return nodeFileSystem.stat(path);
  }

  readdir(path: string): Promise<string[]> {
    return nodeFileSystem.readdir(path);
  }

  readFile(path: string): Promise<Uint8Array> {
    return nodeFileSystem.readFile(path);
  }

  utimes(path: string, accessed: Date, modified: Date): Promise<void> {
    return nodeFileSystem.utimes(path, accessed, modified);
  }

  freeByteCount(path: string): Promise<number> {
    return nodeFileSystem.freeByteCount(path);
  }

  #remembering(file: LibraryFile, node: NodeId, path: string): LibraryFile {
    let place = 0;
    const written = (beganAt: number, position: number, bytes: Uint8Array): void => {
      const change: Change = { kind: 'write', position, bytes };
      this.#history.changed(node, change, beganAt, this.#history.tick());
    };
    const sync = async (): Promise<void> => {
      const beganAt = this.#begin('sync', path);
      await this.#takeTime();
      this.#history.synced(node, beganAt, this.#history.tick());
    };
    return {
      read: (...range) => file.read(...range),
      stat: () => file.stat(),
      utimes: (accessed, modified) => file.utimes(accessed, modified),
      close: () => file.close(),
      datasync: sync,
      sync,
      write: async (bytes, offset, length, position) => {
        const beganAt = this.#begin('write', path);
        const result = await file.write(bytes, offset, length, position);
        const part = Buffer.from(bytes.subarray(offset, offset + result.bytesWritten));
        written(beganAt, position ?? place, part);
        if (position === null) place += result.bytesWritten;
        return result;
      },
      writev: async (parts, position) => {
        const beganAt = this.#begin('writev', path);
        const result = await file.writev(parts, position);
        written(beganAt, position, Buffer.concat(parts).subarray(0, result.bytesWritten));
        return result;
      },
      truncate: async (byteCount) => {
        const beganAt = this.#begin('ftruncate', path);
        await file.truncate(byteCount);
        const endedAt = this.#history.tick();
        this.#history.changed(node, { kind: 'resize', byteCount }, beganAt, endedAt);
      },
    };
  }

  async #act(
    name: string,
    path: string,
    work: () => Promise<void>,
    remember: (beganAt: number, endedAt: number) => void,
  ): Promise<void> {
    const beganAt = this.#begin(name, path);
    await work();
    remember(beganAt, this.#history.tick());
  }

  #begin(name: string, path: string): number {
    const beganAt = this.#history.tick();
    this.#begun.push({ beganAt, what: `${name} ${relative(this.folder, path)}` });
    return beganAt;
  }

  async #takeTime(): Promise<void> {
    for (let turns = Math.floor(this.#random() * 4); turns >= 0; turns--) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Says what stands at a path from now on. */
  #name(path: string, node: NodeId | undefined, beganAt: number, endedAt: number): void {
    const folder = this.#find(dirname(path));
    if (folder === undefined) return;
    const name = path.slice(dirname(path).length + 1);
    const names = this.#names.get(folder);
    if (node === undefined) names?.delete(name);
    else names?.set(name, node);
    this.#history.changed(folder, { kind: 'name', name, node }, beganAt, endedAt);
  }

  #removeTree(path: string, beganAt: number, endedAt: number): void {
    const node = this.#find(path);
    if (node === undefined) return;
    for (const name of [...(this.#names.get(node)?.keys() ?? [])]) {
      this.#removeTree(join(path, name), beganAt, endedAt);
    }
    this.#name(path, undefined, beganAt, endedAt);
  }

  /** The file or folder at a path; `undefined` where none was seen, as outside of the folder. */
  #find(path: string): NodeId | undefined {
    const below = relative(this.folder, path);
    if (below === '') return this.#root;
    let node: NodeId | undefined = this.#root;
    for (const part of below.split(sep)) {
      node = node === undefined ? undefined : this.#names.get(node)?.get(part);
    }
    return node;
  }
}

interface Found {
  readonly history: DiskHistory;
  readonly names: Map<NodeId, Map<string, NodeId>>;
}

async function load(found: Found, folder: string): Promise<NodeId> {
  const names = new Map<string, NodeId>();
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const node = entry.isDirectory()
      ? await load(found, path)
      : found.history.addFile(await readFile(path));
    names.set(entry.name, node);
  }
  const node = found.history.addFolder(new Map(names));
  found.names.set(node, names);
  return node;
}

/** Makes a fresh folder hold what a disk held. */
export async function writeImage(image: DiskImage, folder: string): Promise<void> {
  for (const [path, bytes] of image.entries) {
    const target = join(folder, ...path.split('/'));
    if (bytes === undefined) await mkdir(target);
    else await writeFile(target, bytes);
  }
}
