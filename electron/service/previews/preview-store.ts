import type { PreviewReason } from '../../../shared/preview-reasons.ts';
import type { PreviewKind, PreviewQuality } from '../decoder/decoder-protocol.ts';

/** A preview that is still to be made. */
export interface WaitingPreview {
  /** Of the original, lower-case hex: previews belong to bytes, not to names. */
  readonly sha256: string;
  readonly kind: PreviewKind;
  /** Where the original stands now. */
  readonly absolutePath: string;
  /** `full`: a quick tile is there already. Without it a quick one will do. */
  readonly quality?: 'full';
}

/** What is known of a preview of an original. */
export type KnownPreview =
  | { readonly state: 'none' | 'waiting' | 'ready'; readonly absolutePath: string }
  | { readonly state: 'failed'; readonly reason: PreviewReason; readonly detail: string };

/** Pixel sizes are upright. */
export interface PreviewFacts {
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  /** Base64; only for tiles. */
  readonly thumbhash?: string;
  readonly quality: PreviewQuality;
}

export interface PreviewFailureFacts {
  readonly reason: PreviewReason;
  readonly detail: string;
  /** How often it was tried. */
  readonly attempts: number;
}

/**
 * Where the queue keeps its work; the catalog implements it. What it returns is still there after a crash, so
 * waiting previews are made after the next start.
 */
export interface PreviewStore {
  /**
   * The most wanted waiting preview: highest priority, then tiles before screens, then newest first; when none waits,
   * a quick tile that is to be made anew. It stays so until it is marked.
   * @param taken those in work, as `<sha256>-<kind>`, which are passed over
   */
  nextWaiting(taken?: readonly string[]): WaitingPreview | undefined;
  /** `undefined` when the library has no such original; `none` when this kind was never wanted. */
  find(sha256: string, kind: PreviewKind): KnownPreview | undefined;
  /** Notes that a preview is to be made, also of one that failed or was ready before. Higher is made sooner. */
  enqueue(sha256: string, kind: PreviewKind, priority: number): void;
  /** Called also for previews that were never enqueued: a `screen` is made when a person looks. */
  markReady(sha256: string, kind: PreviewKind, facts: PreviewFacts): void;
  markFailed(sha256: string, kind: PreviewKind, facts: PreviewFailureFacts): void;
}
