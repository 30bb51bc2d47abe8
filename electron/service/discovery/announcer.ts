import { PROTOCOL_VERSION } from '../../../shared/native-protocol.ts';
import type { DiscoveryState } from '../../../shared/window-views.ts';

import { startAdvertiser, type Advertiser, type AdvertiserOptions } from './advertiser.ts';

export interface AnnouncerParts {
  readonly id: string;
  readonly port: number;
  /** The one address the LAN listener is bound to; absent when it is on all of them. */
  readonly address?: string | undefined;
  readonly log: AdvertiserOptions['log'];
  readonly onState: (state: DiscoveryState) => void;
  readonly start?: typeof startAdvertiser;
}

/** Keeps the announcement on the network as the settings want it: under a name, or off. */
export class Announcer {
  readonly #parts: AnnouncerParts;
  #name: string | undefined;
  #advertiser: Advertiser | undefined;
  #changing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  state(): DiscoveryState {
    return this.#advertiser?.state() ?? { kind: 'off' };
  }

  /** Announces under this name from now on, or takes the announcement back. */
  set(name: string | undefined): void {
    if (name === this.#name || this.#closed) return;
    this.#name = name;
    this.#changing = this.#changing.then(() => this.#change(name));
  }

  /** Takes the announcement back, for good. */
  async close(): Promise<void> {
    this.set(undefined);
    this.#closed = true;
    await this.#changing;
  }

  async #change(name: string | undefined): Promise<void> {
    const before = this.#advertiser;
    this.#advertiser = undefined;
    await before?.close();
    // Somebody who types a name changes it many times: only the last one is worth announcing.
    if (name !== this.#name) return;
    if (name === undefined) {
      this.#parts.onState({ kind: 'off' });
      return;
    }
    const { id, port, address, log, onState, start = startAdvertiser } = this.#parts;
    this.#advertiser = start({
      name,
      id,
      port,
      address,
      tls: false,
      path: `/v${PROTOCOL_VERSION}`,
      log,
      onState,
    });
  }
}
