import type { CheckEntry } from '../../shared/native-protocol.ts';

import { modifiedAtOf, nameFiles, resourceTypeOf } from './asset-key.ts';
import { pageWords } from './page-words.ts';
import type { Outcome, Refusal, RoostClient } from './roost-client.ts';
import { backOffMs, Waiting } from './waiting.ts';

/** More at once gain nothing on Wi-Fi and take memory on the phone. */
const PARALLEL = 2;
const CHECK_BATCH = 500;
/** Tries of one file while the computer does answer otherwise. */
const MAX_TRIES = 5;

/** One picked file on its way. */
export interface SendFile {
  readonly file: File;
  readonly assetKey: string;
  readonly resourceType: 'photo' | 'video';
  /** Whether another file of the pick looks the same: then it is never taken for one that is there already. */
  readonly isAlike: boolean;
  state: 'unasked' | 'waiting' | 'sending' | 'sent' | 'already-safe' | 'failed';
  sentByteCount: number;
  /** Why it failed, in words. */
  reason: string;
}

export interface SendClient {
  check: RoostClient['check'];
  upload: RoostClient['upload'];
}

/**
 * Sends picked files to their end: asks what is needed, sends it two at a time, and tries again as long as the
 * computer may come back. It ends early when going on makes no sense for any file (`refusal`) or by `stop`.
 */
export class SendRun {
  readonly files: readonly SendFile[];
  /** Why the run as a whole could not go on. */
  refusal: Refusal | undefined;
  readonly #client: SendClient;
  readonly #onChange: () => void;
  readonly #waiting: Waiting;
  readonly #end = new AbortController();
  #lost = 0;
  #next = 0;

  constructor(
    client: SendClient,
    picked: readonly File[],
    onChange: () => void,
    waiting = new Waiting(),
  ) {
    this.#client = client;
    this.#onChange = onChange;
    this.#waiting = waiting;
    this.files = nameFiles(picked).map(({ file, assetKey, isAlike }) => ({
      file,
      assetKey,
      isAlike,
      resourceType: resourceTypeOf(file),
      state: 'unasked',
      sentByteCount: 0,
      reason: '',
    }));
  }

  /** Whether the computer does not answer at the moment. */
  get isLost(): boolean {
    return this.#lost > 0;
  }

  async run(): Promise<void> {
    await this.#askWhatIsNeeded();
    await Promise.all(Array.from({ length: PARALLEL }, () => this.#sendOneAfterAnother()));
  }

  /** Breaks off what is being sent; what was sent stays safe. */
  stop(): void {
    this.#end.abort();
    this.#waiting.wakeAll();
  }

  /** Cuts waits short, when there is reason to think that the computer is back. */
  tryNow(): void {
    this.#waiting.wakeAll();
  }

  async #askWhatIsNeeded(): Promise<void> {
    for (let at = 0; at < this.files.length; at += CHECK_BATCH) {
      const batch = this.files.slice(at, at + CHECK_BATCH);
      const needed = await this.#ask(batch);
      if (needed === undefined) return;
      batch.forEach((each, index) => {
        each.state = needed[index] === false ? 'already-safe' : 'waiting';
      });
      this.#onChange();
    }
  }

  /** Asks until there is an answer: which of the files are needed. `undefined` when the run has ended. */
  async #ask(files: readonly SendFile[]): Promise<boolean[] | undefined> {
    const entries = files.map(entryOf);
    let wasLost = false;
    try {
      for (let tries = 1; !this.#end.signal.aborted; tries++) {
        const outcome = await this.#client.check(entries, this.#end.signal);
        if (outcome.kind === 'done') return outcome.value.resources.map(({ needed }) => needed);
        if (outcome.kind === 'refused' && !mayPass(outcome.refusal)) {
          this.#endAll(outcome.refusal);
          return undefined;
        }
        if (!wasLost) {
          wasLost = true;
          this.#lost += 1;
          this.#onChange();
        }
        await this.#pause(waitOf(outcome, tries));
      }
      return undefined;
    } finally {
      if (wasLost) {
        this.#lost -= 1;
        this.#onChange();
      }
    }
  }

  async #sendOneAfterAnother(): Promise<void> {
    while (!this.#end.signal.aborted) {
      const next = this.files[this.#next];
      if (next === undefined) return;
      this.#next += 1;
      if (next.state === 'waiting') await this.#send(next);
    }
  }

  async #send(each: SendFile): Promise<void> {
    for (let tries = 1; tries <= MAX_TRIES; tries++) {
      this.#change(each, 'sending', 0);
      const outcome = await this.#client.upload(
        each,
        (byteCount) => this.#change(each, 'sending', byteCount),
        this.#end.signal,
      );
      if (outcome.kind === 'done') {
        this.#change(each, 'sent', each.file.size);
        return;
      }
      this.#change(each, 'sending', 0);
      if (this.#end.signal.aborted) break;
      if (outcome.kind === 'refused' && !mayPass(outcome.refusal)) {
        if (outcome.refusal.retry === 'never') this.#fail(each, wordsOf(outcome.refusal));
        else this.#endAll(outcome.refusal);
        break;
      }
      if (outcome.kind === 'unreachable' && !(await isReadable(each.file))) {
        this.#fail(each, pageWords.fileGone);
        return;
      }
      if (tries === MAX_TRIES) {
        const why = outcome.kind === 'refused' ? wordsOf(outcome.refusal) : pageWords.alwaysBroke;
        this.#fail(each, why);
        return;
      }
      await this.#pause(waitOf(outcome, tries));
      // The answer may have been lost on its way: then the file is there, and the computer says so.
      const needed = await this.#ask([each]);
      if (needed === undefined) break;
      if (needed[0] === false) {
        this.#change(each, 'sent', each.file.size);
        return;
      }
    }
    if (each.state === 'sending') this.#change(each, 'waiting', 0);
  }

  async #pause(ms: number): Promise<void> {
    if (!this.#end.signal.aborted) await this.#waiting.wait(ms);
  }

  #endAll(refusal: Refusal): void {
    this.refusal ??= refusal;
    this.stop();
  }

  #fail(each: SendFile, reason: string): void {
    each.reason = reason;
    this.#change(each, 'failed', 0);
  }

  #change(each: SendFile, state: SendFile['state'], sentByteCount: number): void {
    each.state = state;
    each.sentByteCount = sentByteCount;
    this.#onChange();
  }
}

function entryOf({ assetKey, resourceType, file, isAlike }: SendFile): CheckEntry {
  const entry = { assetKey, resourceType, byteCount: file.size };
  return isAlike ? entry : { ...entry, modifiedAt: modifiedAtOf(file) };
}

function mayPass({ retry }: Refusal): boolean {
  return retry === 'same' || retry === 'later';
}

function waitOf(outcome: Outcome<unknown>, tries: number): number {
  const asked = outcome.kind === 'refused' ? outcome.refusal.retryAfterMs : undefined;
  return asked ?? backOffMs(tries);
}

function wordsOf({ title, detail }: Refusal): string {
  return `${title} ${detail}`;
}

/** A browser tells a file that was moved, changed or deleted from a broken connection only by reading it. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
