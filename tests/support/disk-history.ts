/** What of the changes that no sync covered is on the disk after the power came back. */
export type Survival =
  /** Nothing: only what was synced. */
  | 'strict'
  /** Every name, and no byte: files with no bytes, or with their old ones. */
  | 'names-first'
  /** Every byte, and no name. */
  | 'bytes-first'
  /** Every name; of the bytes a part: cut off in the middle, or with a block of zeros inside. */
  | 'torn'
  /** Each file and each name another fate. */
  | 'random';

export const SURVIVALS: readonly Survival[] = [
  'strict',
  'names-first',
  'bytes-first',
  'torn',
  'random',
];

/** A file or folder by itself, whatever its names are: hard links share one. */
export type NodeId = number;

/** One change that an operation makes to one file or folder. A name without a node is taken away. */
export type Change =
  | { readonly kind: 'write'; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'resize'; readonly byteCount: number }
  | { readonly kind: 'name'; readonly name: string; readonly node: NodeId | undefined };

interface TimedChange {
  readonly change: Change;
  readonly beganAt: number;
  readonly endedAt: number;
}

interface DiskNode {
  readonly kind: 'file' | 'folder';
  /** As it was when the history began, which was durable. */
  readonly bytes: Buffer;
  readonly names: ReadonlyMap<string, NodeId>;
  /** In the order in which they ended. */
  readonly changes: TimedChange[];
  readonly syncs: { readonly beganAt: number; readonly endedAt: number }[];
}

/** What a disk holds after a power cut. */
export interface DiskImage {
  /** Two images with one key hold the same. */
  readonly key: string;
  /** Folders (`undefined`) and bytes of files by path below the root, parents before what is in them. */
  readonly entries: ReadonlyMap<string, Buffer | undefined>;
}

/** How a file's unsynced changes survived: those before `count`, of which the last was damaged. */
interface Fate {
  readonly count: number;
  readonly damage?: { readonly kind: 'cut' | 'zeros'; readonly from: number; readonly to: number };
}

/**
 * What was done to a disk, each operation with the moment it began and the moment it ended, so that every moment
 * in between can be asked what a power cut would have left. Moments are counted: each begin and each end is one.
 *
 * A sync covers what had ended when it began, and counts once it ended. An operation under way at the cut may
 * have reached the disk like any other that no sync covered. What no sync covered survives in any mixture across
 * files and names, which is more than any one file system would do: names are not ordered among each other, and a
 * rename between two folders may survive in one of them alone.
 */
export class DiskHistory {
  readonly #nodes: DiskNode[] = [];
  #moment = 0;

  /** The moment after everything that happened so far. */
  get moment(): number {
    return this.#moment;
  }

  /** Something begins or ends: gives its moment. */
  tick(): number {
    return this.#moment++;
  }

  /** A new file. Bytes it is given were durable when the history began. */
  addFile(bytes = Buffer.alloc(0)): NodeId {
    return this.#add({ kind: 'file', bytes, names: new Map(), changes: [], syncs: [] });
  }

  /** A new folder. Names it is given were durable when the history began. */
  addFolder(names: ReadonlyMap<string, NodeId> = new Map()): NodeId {
    return this.#add({ kind: 'folder', bytes: Buffer.alloc(0), names, changes: [], syncs: [] });
  }

  changed(node: NodeId, change: Change, beganAt: number, endedAt: number): void {
    this.#node(node).changes.push({ change, beganAt, endedAt });
  }

  synced(node: NodeId, beganAt: number, endedAt: number): void {
    this.#node(node).syncs.push({ beganAt, endedAt });
  }

  /** What is below a folder when the power goes at a moment: what ended before it, and maybe what was under way. */
  imageAt(root: NodeId, moment: number, survival: Survival, seed = 1): DiskImage {
    const random = seededRandom(seed * 7919 + moment);
    const entries = new Map<string, Buffer | undefined>();
    const key: string[] = [];
    const files = new Map<NodeId, { bytes: Buffer; fate: string }>();
    const walk = (folder: NodeId, prefix: string): void => {
      for (const [name, node] of this.#namesAt(folder, moment, survival, random)) {
        const path = `${prefix}${name}`;
        if (this.#node(node).kind === 'folder') {
          entries.set(path, undefined);
          key.push(path);
          walk(node, `${path}/`);
          continue;
        }
        const file = files.get(node) ?? this.#bytesAt(node, moment, survival, random);
        files.set(node, file);
        entries.set(path, file.bytes);
        key.push(`${path}:${node}:${file.fate}`);
      }
    };
    walk(root, '');
    return { key: key.sort().join('\n'), entries };
  }

  #namesAt(
    id: NodeId,
    moment: number,
    survival: Survival,
    random: () => number,
  ): Map<string, NodeId> {
    const node = this.#node(id);
    const { durable, pending } = changesAt(node, moment);
    const names = new Map(node.names);
    // Of one name a later change never survives without the earlier ones.
    const lost = new Set<string>();
    for (const [at, change] of [...durable, ...pending].entries()) {
      if (change.kind !== 'name') throw new Error('a folder holds names alone');
      if (at >= durable.length) {
        if (survival === 'strict' || survival === 'bytes-first') continue;
        if (survival === 'random' && random() < 0.4) lost.add(change.name);
        if (lost.has(change.name)) continue;
      }
      if (change.node === undefined) names.delete(change.name);
      else names.set(change.name, change.node);
    }
    return names;
  }

  #bytesAt(
    id: NodeId,
    moment: number,
    survival: Survival,
    random: () => number,
  ): { bytes: Buffer; fate: string } {
    const node = this.#node(id);
    const { durable, pending } = changesAt(node, moment);
    const fate = fateOf(pending, survival, random);
    let { bytes } = node;
    for (const change of [...durable, ...pending.slice(0, fate.count)]) {
      bytes = applied(bytes, change);
    }
    const { damage } = fate;
    if (damage?.kind === 'cut') bytes = bytes.subarray(0, damage.from);
    else if (damage) bytes = Buffer.from(bytes).fill(0, damage.from, damage.to);
    const told = damage ? ` ${damage.kind} ${damage.from}-${damage.to}` : '';
    return { bytes, fate: `${durable.length + fate.count}${told}` };
  }

  #add(node: DiskNode): NodeId {
    this.#nodes.push(node);
    return this.#nodes.length - 1;
  }

  #node(id: NodeId): DiskNode {
    const node = this.#nodes[id];
    if (!node) throw new Error(`no node ${id}`);
    return node;
  }
}

function changesAt(node: DiskNode, moment: number): { durable: Change[]; pending: Change[] } {
  let syncedUpTo = -1;
  for (const sync of node.syncs) {
    if (sync.endedAt < moment) syncedUpTo = Math.max(syncedUpTo, sync.beganAt);
  }
  const durable: Change[] = [];
  const pending: Change[] = [];
  for (const { change, beganAt, endedAt } of node.changes) {
    if (endedAt < syncedUpTo) durable.push(change);
    else if (beganAt < moment) pending.push(change);
  }
  return { durable, pending };
}

function fateOf(pending: readonly Change[], survival: Survival, random: () => number): Fate {
  if (pending.length === 0 || survival === 'strict' || survival === 'names-first') {
    return { count: 0 };
  }
  if (survival === 'bytes-first') return { count: pending.length };
  if (survival === 'random' && random() < 0.6) {
    return { count: random() < 0.5 ? 0 : pending.length };
  }
  const count = 1 + Math.floor(random() * pending.length);
  const last = pending[count - 1];
  if (last?.kind !== 'write' || last.bytes.byteLength === 0) return { count };
  const from = last.position + Math.floor(random() * last.bytes.byteLength);
  if (random() < 0.5) return { count, damage: { kind: 'cut', from, to: from } };
  const to = from + 1 + Math.floor(random() * (last.position + last.bytes.byteLength - from));
  return { count, damage: { kind: 'zeros', from, to } };
}

function applied(bytes: Buffer, change: Change): Buffer {
  if (change.kind === 'name') throw new Error('a file holds no names');
  if (change.kind === 'resize') {
    const resized = Buffer.alloc(change.byteCount);
    bytes.copy(resized);
    return resized;
  }
  const end = change.position + change.bytes.byteLength;
  const written = Buffer.alloc(Math.max(bytes.byteLength, end));
  bytes.copy(written);
  written.set(change.bytes, change.position);
  return written;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
