import { RoostError } from '../../shared/error-catalogue.ts';
import { EVENTS_PATH, type WindowEvent, windowEventSchema } from '../../shared/window-api.ts';
import { callService } from './call-service.ts';

/**
 * How the window stands with the service: `lost` is tried again by itself, `signed-out` needs a person.
 */
export type ConnectionState = 'connecting' | 'live' | 'lost' | 'stopping' | 'signed-out';

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8_000;

type EventListener = (event: WindowEvent) => void;

/**
 * The one stream of events from the service. Reconnects by itself with back-off, at once when the network or
 * the window comes back. `onRecovered` listeners run when events may have been missed, so that everything shown
 * must be asked for anew: when the stream opens, for the first time or after a loss, after a restart of the
 * service, and when its library was opened again.
 */
export class Connection {
  #state: ConnectionState = 'connecting';
  #source: EventSource | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #retryMs = FIRST_RETRY_MS;
  /** From the start: what was asked for before the stream opened may have changed before it did. */
  #mayHaveMissed = true;
  #startedAt: number | undefined;
  #lostAt: number | undefined;
  readonly #stateListeners = new Set<() => void>();
  readonly #eventListeners = new Set<EventListener>();
  readonly #recoveredListeners = new Set<() => void>();

  get state(): ConnectionState {
    return this.#state;
  }

  /** Since when what is shown may be old, in milliseconds UTC; absent while the service tells of every change. */
  get lostAt(): number | undefined {
    return this.#lostAt;
  }

  /** Opens the stream; the function it gives closes it for good. */
  open(): () => void {
    this.#connect();
    const wake = () => {
      if (document.visibilityState === 'visible' && this.#source === undefined) this.#connect();
    };
    window.addEventListener('online', wake);
    document.addEventListener('visibilitychange', wake);
    return () => {
      window.removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', wake);
      clearTimeout(this.#retryTimer);
      this.#source?.close();
      this.#source = undefined;
    };
  }

  onState(listener: () => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  onEvent(listener: EventListener): () => void {
    this.#eventListeners.add(listener);
    return () => this.#eventListeners.delete(listener);
  }

  onRecovered(listener: () => void): () => void {
    this.#recoveredListeners.add(listener);
    return () => this.#recoveredListeners.delete(listener);
  }

  #setState(state: ConnectionState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }

  #connect(): void {
    clearTimeout(this.#retryTimer);
    const source = new EventSource(EVENTS_PATH);
    this.#source = source;
    source.onopen = () => {
      this.#retryMs = FIRST_RETRY_MS;
      this.#lostAt = undefined;
      this.#setState('live');
      if (this.#mayHaveMissed) this.#recover();
    };
    source.onmessage = (message: MessageEvent<string>) => this.#receive(message.data);
    source.onerror = () => {
      if (this.#source === source) this.#lose(source);
    };
  }

  #receive(data: string): void {
    const event = parseEvent(data);
    if (event === undefined) return;
    if (event.type === 'stopping') this.#setState('stopping');
    if (event.type === 'hello') {
      const isOtherRun = this.#startedAt !== undefined && this.#startedAt !== event.startedAt;
      this.#startedAt = event.startedAt;
      if (isOtherRun) this.#recover();
    }
    if (event.type === 'anew') this.#recover();
    for (const listener of this.#eventListeners) listener(event);
  }

  #recover(): void {
    this.#mayHaveMissed = false;
    for (const listener of this.#recoveredListeners) listener();
  }

  #lose(source: EventSource): void {
    source.close();
    this.#source = undefined;
    this.#lostAt ??= Date.now();
    this.#mayHaveMissed = true;
    this.#retryTimer = setTimeout(() => this.#connect(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
    // An event stream does not tell why it failed; a plain call does.
    void callService('overview.get', {}).then(
      () => undefined,
      (error: unknown) => {
        if (this.#source?.readyState === EventSource.OPEN) return;
        const isSignedOut = error instanceof RoostError && error.code.startsWith('auth/');
        this.#setState(isSignedOut ? 'signed-out' : 'lost');
      },
    );
  }
}

/** Gives `undefined` for what this window does not know: a newer service may tell more. */
function parseEvent(data: string): WindowEvent | undefined {
  try {
    return windowEventSchema.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
