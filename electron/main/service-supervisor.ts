import type { Clock } from '../../shared/clock.ts';
import type { ErrorCode } from '../../shared/error-catalogue.ts';
import {
  serviceMessageSchema,
  type ServiceMessage,
  type ServiceStatus,
  type ShellMessage,
} from './service-messages.ts';
import type { CancelTimer, Timers } from '../service/timers.ts';

/** How long the service's process must have run before its next crash counts as the first one again. */
const STEADY_AFTER_MS = 5 * 60_000;
const FIRST_RESTART_DELAY_MS = 500;
const LONGEST_RESTART_DELAY_MS = 60_000;
/** On top of the time for uploads: closing the listeners, the journal and the catalog. */
const CLOSING_MS = 5000;
/** Uploads in flight when a setting asks for a restart; a device sends an unfinished one again by itself. */
const RESTART_GRACE_MS = 10_000;

const NOTHING_TOLD: ServiceStatus = { liveUploadCount: 0, libraryState: 'ready' };

/** Why the service is not there. */
export interface ServiceFailure {
  readonly code: ErrorCode;
  /** What exactly happened, as the service told it, or how its process ended. */
  readonly detail: string;
  /** How often in a row, this time included. */
  readonly crashCount: number;
}

export type ServiceState =
  /** `failure` is why the start before this one came to nothing. */
  | { readonly kind: 'starting'; readonly failure?: ServiceFailure }
  | {
      readonly kind: 'ready';
      readonly windowUrl: string;
      readonly lanUrl: string;
      readonly status: ServiceStatus;
    }
  | { readonly kind: 'restarting' }
  | { readonly kind: 'down'; readonly failure: ServiceFailure; readonly retryInMs: number }
  | { readonly kind: 'finishing'; readonly liveUploadCount: number }
  | { readonly kind: 'stopped' };

/** One running process, as the supervisor sees it. */
export interface ServiceProcess {
  readonly pid: number | undefined;
  send(message: ShellMessage): void;
  /** Ends the process for sure and without asking it; `onExit` is still called. */
  kill(): void;
}

export interface ServiceProcessEvents {
  /** Anything the process sent; not yet parsed. */
  onMessage(message: unknown): void;
  /** `code` as the system gave it; absent when it is not known. */
  onExit(code: number | undefined): void;
}

export interface SupervisorParts {
  readonly clock: Clock;
  readonly timers: Timers;
  spawn(events: ServiceProcessEvents): ServiceProcess;
  /** The message that makes a fresh process start the service. */
  readonly start: ShellMessage & { readonly type: 'start' };
  readonly log: {
    info(facts: object, text: string): void;
    warn(facts: object, text: string): void;
  };
}

/** How long to wait before the start after the `crashCount`th crash in a row (from 1). */
export function restartDelayMs(crashCount: number): number {
  return Math.min(LONGEST_RESTART_DELAY_MS, FIRST_RESTART_DELAY_MS * 2 ** (crashCount - 1));
}

/**
 * Keeps one service process running: starts it, starts it again with a growing delay when it ends unasked, and
 * stops it. It never gives up, because what made the service end (a port in use, a drive away) often passes by
 * itself while nobody watches; the state tells the person why it is down.
 */
export class ServiceSupervisor {
  readonly #parts: SupervisorParts;
  readonly #stateListeners = new Set<(state: ServiceState) => void>();
  readonly #settingsListeners = new Set<(settings: { startAtLogin: boolean }) => void>();
  readonly #stopWaiters = new Set<() => void>();
  #state: ServiceState = { kind: 'stopped' };
  #intent: 'run' | 'restart' | 'stop' = 'run';
  #process: ServiceProcess | undefined;
  #windowUrl: string | undefined;
  #startedAt = 0;
  #status: ServiceStatus = NOTHING_TOLD;
  #crashCount = 0;
  #toldFailure: { readonly code: ErrorCode; readonly detail: string } | undefined;
  #cancelTimer: CancelTimer = () => undefined;

  constructor(parts: SupervisorParts) {
    this.#parts = parts;
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** Address of the pages of the process that runs now, until it has ended; absent while it has told none. */
  get windowUrl(): string | undefined {
    return this.#windowUrl;
  }

  /** Called with the present state at once, and with each later one. */
  onState(listener: (state: ServiceState) => void): void {
    this.#stateListeners.add(listener);
    listener(this.#state);
  }

  onSettings(listener: (settings: { startAtLogin: boolean }) => void): void {
    this.#settingsListeners.add(listener);
  }

  start(): void {
    this.#intent = 'run';
    if (!this.#process) this.#spawn();
  }

  /** Starts a service that is down at once, or stops a running one gently and starts it again. */
  restart(): void {
    if (this.#intent !== 'run') return;
    if (!this.#process) {
      this.#spawn();
      return;
    }
    this.#intent = 'restart';
    this.#become({ kind: 'restarting' });
    this.#askToStop(this.#process, RESTART_GRACE_MS);
  }

  /** A service that waits for its next start is started now; one that runs is left alone. */
  tryNow(): void {
    if (this.#state.kind === 'down') this.#spawn();
  }

  /** Resolves when the process has ended; uploads in flight get `graceMs`, then it is killed. */
  stop(graceMs: number): Promise<void> {
    const alreadyAsked = this.#intent === 'stop';
    this.#intent = 'stop';
    const service = this.#process;
    if (!service) {
      this.#cancelTimer();
      this.#become({ kind: 'stopped' });
      return Promise.resolve();
    }
    const stopped = new Promise<void>((resolve) => this.#stopWaiters.add(resolve));
    if (!alreadyAsked) {
      const liveUploadCount = liveUploadCountOf(this.#state);
      this.#become({ kind: 'finishing', liveUploadCount });
      this.#askToStop(service, graceMs);
    }
    return stopped;
  }

  /** Ends a process that is being stopped without waiting any longer. */
  kill(): void {
    this.#process?.kill();
  }

  #spawn(): void {
    this.#cancelTimer();
    this.#toldFailure = undefined;
    this.#status = NOTHING_TOLD;
    this.#startedAt = this.#parts.clock.now();
    const failure = this.#state.kind === 'down' ? this.#state.failure : undefined;
    this.#become(failure ? { kind: 'starting', failure } : { kind: 'starting' });
    let current: ServiceProcess | undefined;
    try {
      current = this.#parts.spawn({
        onMessage: (message) => {
          if (this.#process === current) this.#receive(message);
        },
        onExit: (code) => {
          if (this.#process === current) this.#ended(code);
        },
      });
      this.#process = current;
      current.send(this.#parts.start);
    } catch (error) {
      this.#toldFailure = { code: 'service/failed', detail: String(error) };
      this.#process = undefined;
      // A process that cannot even be spoken to must not live on beside the next one.
      current?.kill();
      this.#ended(undefined);
    }
  }

  #askToStop(service: ServiceProcess, graceMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#parts.timers.after(graceMs + CLOSING_MS, () => {
      this.#parts.log.warn({ servicePid: service.pid }, 'the service did not stop in time');
      service.kill();
    });
    service.send({ type: 'stop', graceMs });
  }

  #receive(raw: unknown): void {
    const parsed = serviceMessageSchema.safeParse(raw);
    if (!parsed.success) {
      const facts = { servicePid: this.#process?.pid, issues: parsed.error.issues };
      this.#parts.log.warn(facts, 'the service sent a message the shell does not know');
      return;
    }
    this.#take(parsed.data);
  }

  #take(message: ServiceMessage): void {
    switch (message.type) {
      case 'ready':
        if (this.#intent !== 'run') return;
        this.#windowUrl = message.windowUrl;
        this.#become({
          kind: 'ready',
          windowUrl: message.windowUrl,
          lanUrl: message.lanUrl,
          status: this.#status,
        });
        return;
      case 'status':
        this.#takeStatus(message.status);
        return;
      case 'settings':
        for (const listener of this.#settingsListeners) listener(message);
        return;
      case 'restart-asked':
        this.restart();
        return;
      case 'failed':
        this.#toldFailure = { code: message.code, detail: message.message };
    }
  }

  #takeStatus(status: ServiceStatus): void {
    this.#status = status;
    if (this.#state.kind === 'ready') {
      this.#become({ ...this.#state, status });
    } else if (this.#state.kind === 'finishing') {
      this.#become({ kind: 'finishing', liveUploadCount: status.liveUploadCount });
    }
  }

  #ended(code: number | undefined): void {
    const servicePid = this.#process?.pid;
    this.#process = undefined;
    this.#windowUrl = undefined;
    this.#cancelTimer();
    if (this.#intent === 'stop') {
      this.#parts.log.info({ servicePid, exitCode: code }, 'the service stopped');
      this.#become({ kind: 'stopped' });
      for (const resolve of this.#stopWaiters) resolve();
      this.#stopWaiters.clear();
      return;
    }
    if (this.#intent === 'restart') {
      this.#parts.log.info({ servicePid, exitCode: code }, 'the service stopped to start again');
      this.#intent = 'run';
      this.#crashCount = 0;
      this.#spawn();
      return;
    }
    this.#crashed(servicePid, code);
  }

  #crashed(servicePid: number | undefined, code: number | undefined): void {
    const ranMs = this.#parts.clock.now() - this.#startedAt;
    this.#crashCount = ranMs >= STEADY_AFTER_MS ? 1 : this.#crashCount + 1;
    const told = this.#toldFailure ?? {
      code: 'service/failed' as const,
      detail:
        code === undefined
          ? 'Its process ended unexpectedly.'
          : `Its process ended unexpectedly with exit code ${code}.`,
    };
    const retryInMs = restartDelayMs(this.#crashCount);
    const failure = { ...told, crashCount: this.#crashCount };
    this.#parts.log.warn(
      { servicePid, exitCode: code, failure, retryInMs },
      'the service ended unasked',
    );
    this.#cancelTimer = this.#parts.timers.after(retryInMs, () => this.#spawn());
    this.#become({ kind: 'down', failure, retryInMs });
  }

  #become(state: ServiceState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}

/** Uploads whose bytes are arriving now. */
export function liveUploadCountOf(state: ServiceState): number {
  if (state.kind === 'ready') return state.status.liveUploadCount;
  return state.kind === 'finishing' ? state.liveUploadCount : 0;
}
