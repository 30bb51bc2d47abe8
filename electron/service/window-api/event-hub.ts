import type { ServerResponse } from 'node:http';

import type { JobView } from '../../../shared/window-views.ts';
import type { WindowEvent } from '../../../shared/window-api.ts';

/** Jobs change with every megabyte; the window hears of them four times a second. */
const JOB_INTERVAL_MS = 250;
const ASSET_INTERVAL_MS = 200;
/** Sums over all that devices sent: however fast photos come, nobody reads them faster. */
const SENT_INTERVAL_MS = 2_000;
const HEARTBEAT_MS = 15_000;
const MAX_LISTENERS = 32;
/** A window that does not read is let go: it asks for everything anew when it comes back. */
const MAX_BUFFERED_BYTES = 4 * 1024 * 1024;

/** Sends what happens to every open window, as server-sent events. */
export class EventHub {
  readonly #listeners = new Set<ServerResponse>();
  readonly #startedAt: number;
  readonly #assetEvent: (assetIds: readonly string[]) => WindowEvent | undefined;
  readonly #jobs = new Map<string, JobView>();
  readonly #assetIds = new Set<string>();
  #jobTimer: NodeJS.Timeout | undefined;
  #assetTimer: NodeJS.Timeout | undefined;
  #overviewTimer: NodeJS.Timeout | undefined;
  #sentTimer: NodeJS.Timeout | undefined;
  readonly #heartbeat: NodeJS.Timeout;

  /** `assetEvent` reads assets at the moment they are told, so that many changes cost one look. */
  constructor(
    startedAt: number,
    assetEvent: (assetIds: readonly string[]) => WindowEvent | undefined,
  ) {
    this.#startedAt = startedAt;
    this.#assetEvent = assetEvent;
    this.#heartbeat = setInterval(() => this.#write(': still here\n\n'), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  listen(response: ServerResponse): void {
    if (this.#listeners.size >= MAX_LISTENERS) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
    });
    response.write(`retry: 1000\n${frame({ type: 'hello', startedAt: this.#startedAt })}`);
    this.#listeners.add(response);
    response.once('close', () => this.#listeners.delete(response));
    response.once('error', () => this.#listeners.delete(response));
  }

  send(event: WindowEvent): void {
    this.#write(frame(event));
  }

  jobChanged(job: JobView): void {
    this.#jobs.set(job.jobId, job);
    this.#jobTimer ??= setTimeout(() => {
      this.#jobTimer = undefined;
      const jobs = [...this.#jobs.values()];
      this.#jobs.clear();
      this.send({ type: 'jobs', jobs });
    }, JOB_INTERVAL_MS).unref();
  }

  assetChanged(assetId: string): void {
    this.#assetIds.add(assetId);
    this.#assetTimer ??= setTimeout(() => {
      this.#assetTimer = undefined;
      const assetIds = [...this.#assetIds];
      this.#assetIds.clear();
      if (this.#listeners.size === 0) return;
      const event = this.#assetEvent(assetIds);
      if (event) this.send(event);
    }, ASSET_INTERVAL_MS).unref();
  }

  overviewChanged(): void {
    this.#overviewTimer ??= setTimeout(() => {
      this.#overviewTimer = undefined;
      this.send({ type: 'overview' });
    }, ASSET_INTERVAL_MS).unref();
  }

  /** More or less is here of what devices sent: what is told of each device is told anew, also of the last of a batch. */
  sentChanged(): void {
    this.#sentTimer ??= setTimeout(() => {
      this.#sentTimer = undefined;
      this.send({ type: 'devices' });
      this.send({ type: 'coverage' });
    }, SENT_INTERVAL_MS).unref();
  }

  /** Says goodbye and ends all streams. */
  close(): void {
    clearInterval(this.#heartbeat);
    const timers = [this.#jobTimer, this.#assetTimer, this.#overviewTimer, this.#sentTimer];
    for (const timer of timers) clearTimeout(timer);
    this.send({ type: 'stopping' });
    for (const listener of this.#listeners) listener.end();
    this.#listeners.clear();
  }

  #write(text: string): void {
    for (const listener of this.#listeners) {
      if (listener.writableLength > MAX_BUFFERED_BYTES) {
        this.#listeners.delete(listener);
        listener.destroy();
      } else listener.write(text);
    }
  }
}

function frame(event: WindowEvent): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}
