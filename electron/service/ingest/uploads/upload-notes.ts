import type { Clock } from '../../../../shared/clock.ts';
import type { StoredOutcome } from '../incoming-resource.ts';
import type { Checkpoint, StagedFile } from '../staged-file.ts';

import type { OpenedLine, UploadLog } from './upload-log.ts';

/** A checkpoint as it stands in the log of an upload. */
export interface NotedCheckpoint extends Checkpoint {
  readonly length?: number | undefined;
  readonly isWhole: boolean;
}

/** What is written down of an upload, so that a later run can go on with it. */
export class UploadNotes {
  readonly #opened: OpenedLine;
  readonly #log: UploadLog;
  readonly #clock: Clock;
  #checkpoint: NotedCheckpoint | undefined;

  constructor(opened: OpenedLine, log: UploadLog, clock: Clock, noted?: NotedCheckpoint) {
    this.#opened = opened;
    this.#log = log;
    this.#clock = clock;
    this.#checkpoint = noted;
  }

  /** The last one; with none, nobody was promised anything that must outlive this process. */
  get checkpoint(): NotedCheckpoint | undefined {
    return this.#checkpoint;
  }

  /**
   * Syncs what is written and notes it, where that is not noted already.
   * @throws RoostError of the library; then the last checkpoint still holds.
   */
  async note(
    staged: StagedFile,
    { length, isWhole }: { length: number | undefined; isWhole: boolean },
  ): Promise<void> {
    const last = this.#checkpoint;
    if (last?.byteCount === staged.byteCount && (last.isWhole || !isWhole)) return;
    const checkpoint = { ...(await staged.checkpoint()), isWhole, length };
    if (!last) await this.#log.append(this.#opened);
    const at = this.#clock.now();
    const { length: _length, ...line } = checkpoint;
    await this.#log.append({
      line: 'checkpoint',
      ...line,
      ...(length !== undefined && { length }),
      at,
    });
    this.#checkpoint = checkpoint;
  }

  /** Notes the end. Without that line a later run does not know the upload any more; the resource is safe. */
  async noteFinish({ result, receipt, assetId }: StoredOutcome, byteCount: number): Promise<void> {
    if (!this.#checkpoint) return;
    const { receiptId } = receipt;
    const at = this.#clock.now();
    await this.#log
      .append({ line: 'finished', result, receiptId, assetId, byteCount, at })
      .catch(() => undefined);
  }

  /** Lets the log's file go; it is opened again where there is more to note. */
  close(): Promise<void> {
    return this.#log.close();
  }

  remove(): Promise<void> {
    return this.#log.remove();
  }
}
