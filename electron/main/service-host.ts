import type { Logger } from 'pino';

import { RoostError } from '../../shared/error-catalogue.ts';
import type { RunningService, ServiceConfig } from '../service/start-service.ts';
import {
  shellMessageSchema,
  type ServiceMessage,
  type ServiceStart,
  type ServiceStatus,
} from './service-messages.ts';

/** The end of the line to the shell inside the service's process (`process.parentPort`). */
export interface ShellPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  postMessage(message: ServiceMessage): void;
}

/** What the shell needs of a running service. */
export type HostedService = Pick<RunningService, 'windowUrl' | 'lanUrl' | 'close'>;

export interface ServiceHostParts {
  readonly port: ShellPort;
  startService(config: ServiceConfig): Promise<HostedService>;
  createLog(dataFolder: string): Logger;
  /** Ends the process. */
  exit(code: number): void;
}

/**
 * Runs one backup service on behalf of the shell: waits for `start`, tells what the shell must know, and ends
 * the process after `stop`, when the service cannot start, or when `fail` is called for an error nobody caught.
 */
export class ServiceHost {
  readonly #parts: ServiceHostParts;
  #service: Promise<HostedService> | undefined;
  #log: Logger | undefined;
  #told = '';
  #stopping = false;
  #failed = false;

  constructor(parts: ServiceHostParts) {
    this.#parts = parts;
    parts.port.on('message', (event) => this.#receive(event.data));
  }

  /** The process is in a state nobody planned for: what is stored is safe, so it ends and is started anew. */
  fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    this.#log?.fatal({ err: error }, 'the service cannot go on');
    const known = error instanceof RoostError ? error : undefined;
    this.#tell({
      type: 'failed',
      code: known?.code ?? 'service/failed',
      message: (error instanceof Error ? error.message : String(error)).slice(0, 4000),
    });
    this.#parts.exit(1);
  }

  #receive(raw: unknown): void {
    const message = shellMessageSchema.safeParse(raw);
    if (!message.success) {
      this.fail(new Error(`The shell sent a message the service does not know: ${message.error}`));
    } else if (message.data.type === 'start') {
      this.#start(message.data.config);
    } else {
      void this.#stop(message.data.graceMs);
    }
  }

  #start(start: ServiceStart): void {
    if (this.#service) return;
    try {
      this.#log = this.#parts.createLog(start.dataFolder);
      this.#service = this.#parts.startService(this.#serviceConfig(start, this.#log));
    } catch (error) {
      this.fail(error);
      return;
    }
    this.#service.then(
      ({ windowUrl, lanUrl }) => {
        if (!this.#stopping) this.#tell({ type: 'ready', windowUrl, lanUrl });
      },
      (error: unknown) => this.fail(error),
    );
  }

  async #stop(graceMs: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    let service: HostedService | undefined;
    try {
      service = await this.#service;
    } catch {
      // The start failed: `fail` has told so and ends the process.
      return;
    }
    try {
      await service?.close({ graceMs });
      this.#parts.exit(0);
    } catch (error) {
      this.fail(error);
    }
  }

  #serviceConfig(start: ServiceStart, log: Logger): ServiceConfig {
    return {
      ...start,
      host: 'desktop',
      log,
      onRestartAsked: () => this.#tell({ type: 'restart-asked' }),
      onStatus: (status) => this.#tellStatus(status),
      onSettings: ({ startAtLogin }) => this.#tell({ type: 'settings', startAtLogin }),
    };
  }

  #tellStatus(status: ServiceStatus): void {
    const words = JSON.stringify(status);
    if (words === this.#told) return;
    this.#told = words;
    this.#tell({ type: 'status', status });
  }

  #tell(message: ServiceMessage): void {
    this.#parts.port.postMessage(message);
  }
}
