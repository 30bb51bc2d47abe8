import type { Logger } from 'pino';

import { RoostError, type ErrorCode } from '../../../shared/error-catalogue.ts';
import type { LibraryState } from '../../../shared/library-state.ts';

import type { CancelTimer, Timers } from '../timers.ts';

import type { LibraryLook } from './library-presence.ts';

/** How often the library is looked for while it is away, and looked after while it is open. */
export const LOOK_EVERY_MS = 2_000;

/** Everything that is tied to one opening of a library. */
export interface LibrarySession {
  /** Never rejects. */
  look(): Promise<LibraryLook>;
  /** Bytes of the disk that can still be written. Errors are the platform's. */
  freeByteCount(): Promise<number>;
  /**
   * Takes nothing new, lets what runs go on for `graceMs`, then ends it with `reason`; resolves when all is let go,
   * the lock too.
   */
  close(reason: RoostError, graceMs: number): Promise<void>;
}

export interface LibraryStatus {
  readonly state: LibraryState;
  /** Why nothing can be stored; absent for `ready` and `opening`. */
  readonly problem?: RoostError;
  readonly freeByteCount?: number;
}

export interface LibraryKeeperParts<Session extends LibrarySession> {
  /**
   * Opens the library and all that is tied to it; calls `onFound` once the library itself is open.
   * @throws RoostError `library/...`.
   */
  readonly open: (onFound: () => void) => Promise<Session>;
  /** Bytes of the disk that uploads leave free. */
  readonly reservedFreeByteCount: () => number;
  readonly timers: Timers;
  /** Hears of every other state, and of another problem. */
  readonly onChange: (status: LibraryStatus) => void;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/**
 * Keeps a library open as long as it is there, and opens it again when it is back: a drive may be pulled at any
 * moment, and may have been at another computer when it returns. So nothing of one opening is used in the next.
 */
export class LibraryKeeper<Session extends LibrarySession> {
  readonly #parts: LibraryKeeperParts<Session>;
  #session: Session | undefined;
  #status: LibraryStatus = { state: 'opening' };
  #turn: Promise<void> = Promise.resolve();
  #cancelTimer: CancelTimer = () => undefined;
  /** Whether the last try failed behind `opening`: it is not told again and again every two seconds then. */
  #failedWhenFound = false;
  #isClosed = false;
  #closing: Promise<void> | undefined;

  constructor(parts: LibraryKeeperParts<Session>) {
    this.#parts = parts;
  }

  /** Looks for the library and goes on doing so until `close`; resolves after the first try, whatever came of it. */
  start(): Promise<void> {
    return this.#takeTurn();
  }

  get status(): LibraryStatus {
    return this.#status;
  }

  /**
   * What is open now. Ask for it late and do not keep it.
   * @throws RoostError `library/missing`, `library/disk-full` or `library/write-failed` while there is none, and
   * `service/stopping` once it is closed.
   */
  get session(): Session {
    if (this.#isClosed) throw new RoostError('service/stopping');
    if (this.#session) return this.#session;
    throw refusal(this.#status.problem);
  }

  /** What is open now, if anything is. */
  get openSession(): Session | undefined {
    return this.#isClosed ? undefined : this.#session;
  }

  /** Says that `reservedFreeByteCount` gives another number: there may be room now, or none any more. */
  reserveChanged(): void {
    const { freeByteCount } = this.#status;
    if (freeByteCount !== undefined) this.#weigh(freeByteCount);
  }

  /** Ends what is open, letting it go on for `graceMs`, and looks no more. */
  close(graceMs: number): Promise<void> {
    this.#closing ??= this.#close(graceMs);
    return this.#closing;
  }

  async #close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    this.#cancelTimer();
    // A session that is being opened comes to be in its turn, and is ended there.
    const session = this.#session;
    const ended = session && this.#end(session, new RoostError('service/stopping'), graceMs);
    await Promise.all([this.#turn, ended]);
  }

  #takeTurn(): Promise<void> {
    this.#turn = (this.#session ? this.#lookAfter(this.#session) : this.#tryToOpen()).then(() => {
      if (this.#isClosed) return;
      this.#cancelTimer = this.#parts.timers.after(LOOK_EVERY_MS, () => void this.#takeTurn());
    });
    return this.#turn;
  }

  async #tryToOpen(): Promise<void> {
    let session: Session;
    let isFound = false;
    try {
      session = await this.#parts.open(() => {
        isFound = true;
        if (!this.#failedWhenFound) this.#become({ state: 'opening' });
      });
      this.#failedWhenFound = false;
    } catch (error) {
      this.#failedWhenFound = isFound;
      const problem = error instanceof RoostError ? error : unknownProblem(error);
      if (problem.code !== this.#status.problem?.code) {
        this.#parts.log.warn({ err: problem }, 'the library cannot be opened');
      }
      this.#become({ state: stateOf(problem.code), problem });
      return;
    }
    if (this.#closedNow()) {
      await this.#end(session, new RoostError('service/stopping'), 0);
      return;
    }
    this.#session = session;
    await this.#measure(session);
  }

  async #lookAfter(session: Session): Promise<void> {
    const look = await session.look();
    if (this.#isClosed) return;
    if (look === 'as-left') await this.#measure(session);
    else {
      await this.#lose(session, look);
      // Not `missing` for two seconds when it is there and only has to be opened anew.
      if (look === 'changed' && !this.#closedNow()) await this.#tryToOpen();
    }
  }

  async #measure(session: Session): Promise<void> {
    let freeByteCount: number;
    try {
      freeByteCount = await session.freeByteCount();
    } catch {
      // The next look says what it is; the drive may be going just now.
      return;
    }
    if (!this.#closedNow()) this.#weigh(freeByteCount);
  }

  #weigh(freeByteCount: number): void {
    if (freeByteCount > this.#parts.reservedFreeByteCount()) {
      this.#become({ state: 'ready', freeByteCount });
    } else {
      const problem = new RoostError('library/disk-full');
      this.#become({ state: 'full', problem, freeByteCount });
    }
  }

  async #lose(session: Session, look: Exclude<LibraryLook, 'as-left'>): Promise<void> {
    const reason = PROBLEM_OF_LOOK[look]();
    this.#session = undefined;
    if (look === 'changed') this.#become({ state: 'opening' });
    else this.#become({ state: stateOf(reason.code), problem: reason });
    this.#parts.log.warn({ look }, 'the library is let go');
    await this.#end(session, refusal(reason), 0);
  }

  async #end(session: Session, reason: RoostError, graceMs: number): Promise<void> {
    try {
      await session.close(reason, graceMs);
    } catch (error) {
      // What cannot be let go of a drive that is gone is the operating system's to clear away.
      this.#parts.log.error({ err: error }, 'closing the library met a problem');
    }
  }

  #become(status: LibraryStatus): void {
    const before = this.#status;
    this.#status = status;
    const isSame = status.state === before.state && status.problem?.code === before.problem?.code;
    if (!isSame && !this.#isClosed) this.#parts.onChange(status);
  }

  /** A function, since the answer changes while one waits. */
  #closedNow(): boolean {
    return this.#isClosed;
  }
}

const PROBLEM_OF_LOOK: Record<Exclude<LibraryLook, 'as-left'>, () => RoostError> = {
  gone: () => new RoostError('library/missing'),
  other: () => new RoostError('library/other-library'),
  changed: () => new RoostError('library/missing', 'The library is being opened anew.'),
  'read-only': () => new RoostError('library/write-failed'),
};

function stateOf(code: ErrorCode): LibraryState {
  if (code === 'library/missing') return 'missing';
  if (code === 'library/in-use') return 'in-use';
  return code === 'library/disk-full' ? 'full' : 'unusable';
}

/**
 * What a device, or a person who wants the library changed, is told meanwhile. A device can do nothing about
 * another Roost or a damaged file: for it the library is missing, and it comes back by itself.
 */
function refusal(problem: RoostError | undefined): RoostError {
  if (!problem) return new RoostError('library/missing', 'The library is being opened.');
  const isTold = problem.facts.closesUpload === true || problem.code === 'library/disk-full';
  return isTold ? problem : new RoostError('library/missing', problem.message, { cause: problem });
}

function unknownProblem(error: unknown): RoostError {
  return new RoostError('service/failed', undefined, { cause: error });
}
