import type { CheckEntry } from '../../shared/native-protocol.ts';

import { afterTry, mayPass, waitAfter } from './after-try.ts';
import { modifiedAtOf, nameFiles, resourceTypeOf } from './asset-key.ts';
import type { Outcome, Refusal } from './outcome.ts';
import { pageWords } from './page-words.ts';
import { isResumable, type ResumingSender, type SendSubject } from './resuming-sender.ts';
import type { RoostClient } from './roost-client.ts';
import { RunningTries } from './running-tries.ts';
import { Waiting } from './waiting.ts';

/** More at once gain nothing on Wi-Fi and take memory on the phone. */
const PARALLEL = 2;
const CHECK_BATCH = 500;
/** A shorter wait is over before a person has read why. */
const TOLD_FROM_MS = 1_500;

/** One picked file on its way. */
export interface SendFile extends SendSubject {
  readonly resourceType: 'photo' | 'video';
  state: 'unasked' | 'waiting' | 'sending' | 'sent' | 'already-safe' | 'failed';
  sentByteCount: number;
  /** Why it failed, in words. */
  reason: string;
  /** Sending this very file again would end the same way. */
  isHopeless: boolean;
}

export interface SendClient {
  check: RoostClient['check'];
  upload: ResumingSender['upload'];
}

/** What keeps the run from going on at the moment: no answer, or one that asks for patience. */
export type Trouble = Exclude<Outcome<never>, { kind: 'done' }>;

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
  readonly #tries: RunningTries;
  readonly #end = new AbortController();
  readonly #troubles = new Map<object, Trouble>();
  #movedByteCount = 0;
  #next = 0;

  constructor(
    client: SendClient,
    picked: readonly File[],
    onChange: () => void,
    waiting = new Waiting(),
    tries = new RunningTries(),
  ) {
    this.#client = client;
    this.#onChange = onChange;
    this.#waiting = waiting;
    this.#tries = tries;
    const named = nameFiles(picked);
    const keysOfPick = new Set(named.map(({ assetKey }) => assetKey));
    this.files = named.map(({ file, assetKey, isAlike }) => ({
      ...{ file, assetKey, isAlike, keysOfPick },
      resourceType: resourceTypeOf(file),
      state: 'unasked',
      sentByteCount: 0,
      reason: '',
      isHopeless: false,
    }));
  }

  /** What keeps it from going on at the moment. */
  get trouble(): Trouble | undefined {
    return [...this.#troubles.values()].at(-1);
  }

  /** Whether it ended before its end. */
  get isStopped(): boolean {
    return this.#end.signal.aborted;
  }

  /** When it tries again, milliseconds UTC. */
  get nextTryAt(): number | undefined {
    return this.#waiting.nextAt;
  }

  /** Bytes that left this phone in this run, those that were lost on their way among them. */
  get movedByteCount(): number {
    return this.#movedByteCount;
  }

  async run(): Promise<void> {
    await this.#askWhatIsNeeded();
    await Promise.all(Array.from({ length: PARALLEL }, () => this.#sendOneAfterAnother()));
  }

  /** Breaks off what is being sent; what was sent stays safe. */
  stop(): void {
    this.#end.abort();
    this.#tries.end();
    this.#waiting.wakeAll();
  }

  /** Cuts waits short, when there is reason to think that the computer is back. */
  tryNow(): void {
    this.#tries.breakOffHanging();
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
    try {
      for (let tries = 1; !this.#end.signal.aborted; tries++) {
        const outcome = await this.#client.check(entries, this.#end.signal);
        if (outcome.kind === 'done') return outcome.value.resources.map(({ needed }) => needed);
        if (outcome.kind === 'refused' && !mayPass(outcome.refusal)) {
          this.#endAll(outcome.refusal);
          return undefined;
        }
        this.#tell(files, outcome);
        await this.#pause(waitAfter(outcome, tries));
      }
      return undefined;
    } finally {
      this.#tell(files, undefined);
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
    let tries = 0;
    let keptByteCount = 0;
    this.#change(each, 'sending', 0);
    for (let isFirst = true; ; isFirst = false) {
      let wasKept = false;
      const outcome = await this.#try(each, (byteCount) => {
        wasKept = byteCount > 0;
        // What goes further each time is not given up, however often it breaks.
        if (byteCount > keptByteCount) tries = 0;
        keptByteCount = byteCount;
      });
      // What was sent in one request is lost; of the rest most is kept, and how much is told at the next try.
      if (!isResumable(each.file)) each.sentByteCount = 0;
      tries += 1;
      const next = afterTry(outcome, tries, isFirst && !wasKept);
      if (next.kind === 'safe') {
        this.#change(each, next.state, each.file.size);
        return;
      }
      if (this.#end.signal.aborted) break;
      if (next.kind === 'end') {
        this.#endAll(next.refusal);
        break;
      }
      if (outcome.kind === 'unreachable' && !(await isReadable(each.file))) {
        this.#fail(each, pageWords.fileGone, true);
        return;
      }
      if (next.kind === 'fail') {
        const why = next.refusal ? wordsOf(next.refusal) : pageWords.alwaysBroke;
        this.#fail(each, why, next.refusal?.retry === 'never');
        return;
      }
      if (next.afterMs >= TOLD_FROM_MS && outcome.kind !== 'done') this.#tell(each, outcome);
      await this.#pause(next.afterMs);
      this.#tell(each, undefined);
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

  async #try(
    each: SendFile,
    onKept: (byteCount: number) => void,
  ): ReturnType<SendClient['upload']> {
    const running = this.#tries.begin();
    let before = 0;
    const events = {
      onKept: (byteCount: number) => {
        running.moved();
        onKept(byteCount);
        before = byteCount;
        this.#change(each, 'sending', byteCount);
      },
      onSent: (byteCount: number) => {
        running.moved();
        this.#movedByteCount += Math.max(0, byteCount - before);
        before = byteCount;
        this.#change(each, 'sending', byteCount);
      },
    };
    try {
      return await this.#client.upload(each, events, running.signal);
    } finally {
      running.ended();
    }
  }

  async #pause(ms: number): Promise<void> {
    if (this.#end.signal.aborted) return;
    const waited = this.#waiting.wait(ms);
    this.#onChange();
    await waited;
  }

  /** Notes what keeps this work from going on, or that nothing does. */
  #tell(work: object, trouble: Trouble | undefined): void {
    if (trouble) this.#troubles.set(work, trouble);
    else if (!this.#troubles.delete(work)) return;
    this.#onChange();
  }

  #endAll(refusal: Refusal): void {
    this.refusal ??= refusal;
    this.stop();
  }

  #fail(each: SendFile, reason: string, isHopeless: boolean): void {
    each.reason = reason;
    each.isHopeless = isHopeless;
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
