import type { ServiceStatus } from './config/service-config.ts';

const INTERVAL_MS = 2_000;

export interface StatusTellerParts {
  readonly uploadCount: () => number;
  /** Never rejects. */
  readonly libraryState: () => Promise<ServiceStatus['libraryState']>;
  readonly tell: (status: ServiceStatus) => void;
}

/**
 * Tells the host how the service does: at start, every two seconds, and whenever an upload begins or ends, until
 * the last one has ended while the service closes.
 */
export class StatusTeller implements Disposable {
  readonly #parts: StatusTellerParts;
  readonly #timer: NodeJS.Timeout;
  #status: ServiceStatus = { liveUploadCount: 0, libraryState: 'ready' };
  #closed = false;

  constructor(parts: StatusTellerParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => void this.#look(), INTERVAL_MS);
    void this.#look();
  }

  uploadsChanged(): void {
    if (this.#parts.uploadCount() !== this.#status.liveUploadCount) this.#tell({});
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#closed = true;
  }

  async #look(): Promise<void> {
    this.#tell({ libraryState: await this.#parts.libraryState() });
  }

  #tell(change: Partial<ServiceStatus>): void {
    if (this.#closed) return;
    const liveUploadCount = this.#parts.uploadCount();
    this.#status = { ...this.#status, ...change, liveUploadCount };
    this.#parts.tell(this.#status);
  }
}
