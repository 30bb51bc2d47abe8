import type { NativeClient } from './native-client.ts';
import { backOffMs } from './retry-decision.ts';

/** Pings until Roost counts as gone: about two minutes, enough for a restart or a short walk out of the Wi-Fi. */
const MAX_PINGS = 28;
/** A ping costs nothing: Roost is not kept waiting when it is back. */
const LONGEST_PING_WAIT_MS = 5_000;

interface GateParts {
  readonly client: NativeClient;
  /** The Roost that has to come back; another one at its address is not it. */
  readonly serverId: string;
  readonly pause: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
  readonly onLost: () => void;
}

/**
 * Holds back everybody whose connection broke until Roost answers again, with one row of pings for all of them,
 * so that an outage costs each file one try and not all of its tries.
 */
export class ReconnectGate {
  readonly #parts: GateParts;
  #opening: Promise<boolean> | undefined;

  constructor(parts: GateParts) {
    this.#parts = parts;
  }

  /** True once Roost answers; false when it stays away or the run was stopped. */
  waitUntilBack(): Promise<boolean> {
    this.#opening ??= this.#ping().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #ping(): Promise<boolean> {
    const { client, serverId, pause, signal, onLost } = this.#parts;
    for (let count = 1; count <= MAX_PINGS && !signal.aborted; count += 1) {
      const answer = await client.ping(signal);
      if (answer.kind === 'done' && answer.value.id === serverId) return true;
      if (count === 1) onLost();
      if (count < MAX_PINGS) await pause(Math.min(backOffMs(count), LONGEST_PING_WAIT_MS), signal);
    }
    return false;
  }
}
