/** Fakes for tests of previews. */
import type { PreviewKind, PreviewQuality, PreviewResult } from '../decoder/decoder-protocol.ts';
import type { KnownPreview, PreviewStore, WaitingPreview } from './preview-store.ts';

/** Bytes that have the outside of a WebP. */
export function fakeWebp(byteCount: number): Buffer {
  const bytes = Buffer.alloc(byteCount);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(byteCount - 8, 4);
  bytes.write('WEBP', 8, 'latin1');
  return bytes;
}

interface Row {
  known: KnownPreview;
  priority: number;
  quality: PreviewQuality;
}

/** A preview store in memory. Originals are known once `add` was called; their path is `/<name>`. */
export class MemoryPreviewStore implements PreviewStore {
  readonly #paths = new Map<string, string>();
  readonly #rows = new Map<string, Row & { job: WaitingPreview }>();
  /** What was marked, in order. */
  readonly marks: string[] = [];

  /** Makes an original known; its hash is made of its one-letter name. */
  add(letter: string): string {
    const sha256 = shaOf(letter);
    this.#paths.set(sha256, `/${letter}`);
    return sha256;
  }

  nextWaiting(taken: readonly string[] = []): WaitingPreview | undefined {
    const free = [...this.#rows].filter(([key]) => !taken.includes(key)).map(([, row]) => row);
    const waiting = free.filter(({ known }) => known.state === 'waiting');
    const next = waiting.sort((a, b) => b.priority - a.priority)[0]?.job;
    if (next !== undefined) return next;
    const quick = free.find(({ quality }) => quality === 'quick');
    return quick && { ...quick.job, quality: 'full' };
  }

  find(sha256: string, kind: PreviewKind): KnownPreview | undefined {
    const absolutePath = this.#paths.get(sha256);
    if (absolutePath === undefined) return undefined;
    return this.#rows.get(`${sha256}-${kind}`)?.known ?? { state: 'none', absolutePath };
  }

  enqueue(sha256: string, kind: PreviewKind, priority: number): void {
    this.#set(sha256, kind, (absolutePath) => ({ state: 'waiting', absolutePath }), priority);
  }

  markReady(sha256: string, kind: PreviewKind, { quality }: { quality: PreviewQuality }): void {
    const how = quality === 'quick' ? 'ready, quick' : 'ready';
    this.marks.push(`${this.#paths.get(sha256) ?? ''} ${kind} ${how}`);
    this.#set(sha256, kind, (absolutePath) => ({ state: 'ready', absolutePath }), 0, quality);
  }

  markFailed(
    sha256: string,
    kind: PreviewKind,
    facts: Parameters<PreviewStore['markFailed']>[2],
  ): void {
    const { reason, detail, attempts } = facts;
    this.marks.push(`${this.#paths.get(sha256) ?? ''} ${kind} ${reason} after ${attempts}`);
    this.#set(sha256, kind, () => ({ state: 'failed', reason, detail }));
  }

  #set(
    sha256: string,
    kind: PreviewKind,
    known: (absolutePath: string) => KnownPreview,
    priority = 0,
    quality: PreviewQuality = 'full',
  ): void {
    const absolutePath = this.#paths.get(sha256);
    if (absolutePath === undefined) throw new Error('unknown original');
    this.#rows.set(`${sha256}-${kind}`, {
      known: known(absolutePath),
      priority,
      quality,
      job: { sha256, kind, absolutePath },
    });
  }
}

/** Stands in for the decoder: each job waits until the test answers it. */
export class ManualDecoder {
  /** Every job so far, as `/<name> <kind>`. */
  readonly jobs: string[] = [];
  /** The quality each of them asked for. */
  readonly qualities: PreviewQuality[] = [];
  #answer: ((result: PreviewResult) => void) | undefined;
  #onJob: (() => void) | undefined;

  makePreview(
    path: string,
    kind: PreviewKind,
    { quality = 'full' }: { quality?: PreviewQuality } = {},
  ): Promise<PreviewResult> {
    this.jobs.push(`${path} ${kind}`);
    this.qualities.push(quality);
    return new Promise((resolve) => {
      this.#answer = resolve;
      this.#onJob?.();
    });
  }

  /** Waits until a job runs, and answers it: by default with a preview. */
  async answer(result: PreviewResult = madePreview()): Promise<void> {
    await this.running();
    const answer = this.#answer;
    this.#answer = undefined;
    answer?.(result);
  }

  /** Waits until a job runs. */
  async running(): Promise<void> {
    if (this.#answer !== undefined) return;
    await new Promise<void>((resolve) => {
      this.#onJob = resolve;
    });
    this.#onJob = undefined;
  }
}

export function madePreview(): PreviewResult {
  return {
    ok: true,
    width: 640,
    height: 480,
    sourceWidth: 4032,
    sourceHeight: 3024,
    bytes: fakeWebp(64),
    format: 'webp',
    decodedBy: 'sharp',
  };
}

function shaOf(letter: string): string {
  return Buffer.from(letter).toString('hex').repeat(32);
}
