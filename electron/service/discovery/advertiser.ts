import type { DiscoveryState } from '../../../shared/window-views.ts';
import { computerParts } from './advertiser-parts.ts';
import type { AdvertiserParts, DiscoveryLog } from './advertiser-parts.ts';
import { advertisingFailure } from './advertising-failure.ts';
import type { DnsRecord, ReceivedRecord } from './dns-records.ts';
import { claimNames } from './name-claim.ts';
import { findRivals } from './name-rivals.ts';
import type { NetworkNames, Ownership } from './name-rivals.ts';
import type { MulticastLink } from './multicast-link.ts';
import { everyAddress, readNetwork, sameNetwork } from './network-addresses.ts';
import type { AddressRules, Network } from './network-addresses.ts';
import { writeRoostTxt } from './roost-txt.ts';
import { hostLabel, hostName, instanceName } from './service-names.ts';
import { sendOnLinks } from './send-on-links.ts';
import { addressRecord, goodbyeRecords, serviceRecords } from './service-records.ts';

export interface AdvertiserOptions extends AddressRules {
  /** The computer's Roost name. */
  readonly name: string;
  /** The server's id. */
  readonly id: string;
  /** Port of the LAN listener. */
  readonly port: number;
  readonly tls: boolean;
  /** Where the native protocol lives, `/v1`. */
  readonly path: string;
  readonly log: DiscoveryLog;
  /** Hears every change of the state. */
  readonly onState?: (state: DiscoveryState) => void;
  readonly parts?: Partial<AdvertiserParts>;
}

export interface Advertiser {
  state(): DiscoveryState;
  /** Takes the announcement back and closes all sockets; never rejects. */
  close(): Promise<void>;
}

const POLL_INTERVAL_MS = 5_000;
/** A pause this much longer than the poll interval means the computer slept: others may have forgotten us. */
const SLEPT_MS = 4 * POLL_INTERVAL_MS;
const POLLS_BETWEEN_RETRIES = 6;
/** RFC 6762 8.3 wants at least two announcements; multicast over Wi-Fi gets lost easily. */
const REPEAT_AFTER_MS = [1_000, 2_000, 6_000];
const GOODBYE_GAP_MS = 100;
const SEND_LIMIT_MS = 1_000;
/** RFC 6762 9 and 8.1: after many conflicts in a row, take it slowly. */
const CALM_CONFLICT_COUNT = 10;
const CONFLICT_PAUSE_MS = 5_000;
const DEFEND_GAP_MS = 1_000;

/**
 * Announces this Roost on the local network by multicast DNS until closed. Follows network changes, takes another
 * name when somebody else has it, and reports what it does through `onState`. Never throws into the service.
 */
export function startAdvertiser(options: AdvertiserOptions): Advertiser {
  return new MulticastAdvertiser(options);
}

/** One stay on one network: its links, and what is announced there. */
interface Stay {
  readonly network: Network;
  readonly links: readonly MulticastLink[];
  readonly ended: AbortController;
  names?: NetworkNames;
  records: readonly DnsRecord[];
}

class MulticastAdvertiser implements Advertiser {
  readonly #options: AdvertiserOptions;
  readonly #parts: AdvertiserParts;
  readonly #closing = new AbortController();
  readonly #stopPolling: () => void;
  #state: DiscoveryState = { kind: 'starting' };
  #stay: Stay | undefined;
  /** The network of the last attempt, also of one that failed. */
  #network: Network = { linkAddresses: [], addresses: [] };
  /** Steps run one after the other; `#waiting` counts those not yet done. */
  #work: Promise<void> = Promise.resolve();
  #waiting = 0;
  #closed: Promise<void> | undefined;
  #lastPollAt: number;
  #pollsSinceFailure = 0;
  #conflictCount = 0;
  #defendedAt = -Infinity;
  /** What others have in memory of us: longer than a stay, for the next one may end before it announces. */
  #announced: readonly DnsRecord[] = [];
  readonly #announcedLabels = new Set<string>();
  readonly #announcedAddresses = new Set<string>();
  /** Every address this computer had while Roost ran: an echo from before a change is still ours. */
  readonly #computerAddresses = new Set<string>();

  constructor(options: AdvertiserOptions) {
    this.#options = options;
    this.#parts = { ...computerParts, ...options.parts };
    this.#lastPollAt = this.#parts.clock.now();
    this.#enqueue(() => this.#establish());
    this.#stopPolling = this.#parts.every(POLL_INTERVAL_MS, () => this.#poll());
  }

  state(): DiscoveryState {
    return this.#state;
  }

  close(): Promise<void> {
    this.#closed ??= this.#withdraw();
    return this.#closed;
  }

  async #withdraw(): Promise<void> {
    this.#stopPolling();
    this.#closing.abort();
    this.#stay?.ended.abort();
    await this.#work;
    const stay = this.#stay;
    if (!stay) return;
    for (const link of stay.links) link.serve([]);
    if (this.#announced.length > 0) {
      const pause = new AbortController();
      const goodbye = goodbyeRecords(this.#announced);
      await this.#send(stay.links, goodbye).catch((error: unknown) => this.#note(error));
      await this.#parts.wait(GOODBYE_GAP_MS, pause.signal);
      await this.#send(stay.links, goodbye).catch((error: unknown) => this.#note(error));
    }
    await this.#leave();
  }

  #enqueue(step: () => Promise<void>): void {
    this.#waiting += 1;
    this.#work = this.#work
      .then(() => (this.#closing.signal.aborted ? undefined : step()))
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#waiting -= 1;
      });
  }

  #poll(): void {
    const now = this.#parts.clock.now();
    const slept = now - this.#lastPollAt > SLEPT_MS;
    this.#lastPollAt = now;
    if (this.#waiting > 0) return;
    const failed = this.#state.kind === 'failed';
    this.#pollsSinceFailure = failed ? this.#pollsSinceFailure + 1 : 0;
    const changed = this.#networkChanged();
    if (changed) this.#conflictCount = 0;
    if (changed || slept || this.#pollsSinceFailure >= POLLS_BETWEEN_RETRIES) {
      this.#enqueue(() => this.#establish());
    }
  }

  #networkChanged(): boolean {
    try {
      return !sameNetwork(this.#readNetwork(), this.#network);
    } catch (error) {
      // Some systems refuse the list for a moment; the next poll asks again.
      this.#note(error);
      return false;
    }
  }

  #readNetwork(): Network {
    const interfaces = this.#parts.network();
    for (const address of everyAddress(interfaces)) this.#computerAddresses.add(address);
    return readNetwork(interfaces, this.#options);
  }

  /** Leaves the network it is on, if any, and announces on the one there is now. */
  async #establish(): Promise<void> {
    const before = this.#stay;
    await this.#leave();
    this.#pollsSinceFailure = 0;
    const network = this.#readNetwork();
    this.#network = network;
    if (network.linkAddresses.length === 0) {
      this.#setState({ kind: 'no-network' });
      return;
    }
    const stay: Stay = {
      network,
      links: await this.#openLinks(network),
      ended: new AbortController(),
      records: [],
    };
    this.#stay = stay;
    const { name } = this.#options;
    const names = await claimNames({
      links: stay.links,
      wanted: { name: instanceName(name), label: hostLabel(name) },
      own: this.#ownership(this.#announcedAddresses),
      addresses: network.addresses,
      wait: this.#parts.wait,
      random: this.#parts.random,
      signal: this.#closing.signal,
    });
    if (!this.#closing.signal.aborted) await this.#announce(stay, names, before);
  }

  /** Opens a link on each interface; one that works is enough. @throws the first error when none does. */
  async #openLinks(network: Network): Promise<MulticastLink[]> {
    const results = await Promise.allSettled(
      network.linkAddresses.map((address) =>
        this.#parts.openLink(address, (error) => this.#note(error)),
      ),
    );
    const failed = results.filter((result) => result.status === 'rejected');
    if (failed[0] && failed.length === results.length) throw failed[0].reason;
    for (const { reason } of failed) this.#note(reason);
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  async #announce(stay: Stay, names: NetworkNames, before: Stay | undefined): Promise<void> {
    const { port, tls, path, id } = this.#options;
    const { addresses } = stay.network;
    stay.names = names;
    stay.records = serviceRecords({
      ...names,
      port,
      addresses,
      txt: writeRoostTxt({ id, path, tls }),
    });
    this.#announced = stay.records;
    this.#announcedLabels.add(names.label);
    for (const address of addresses) this.#announcedAddresses.add(address);
    for (const link of stay.links) {
      link.serve(stay.records);
      link.onResponse((records) => this.#hear(stay, records));
    }
    const gone = before?.network.addresses.filter((address) => !addresses.includes(address)) ?? [];
    const oldHost = hostName(before?.names?.label ?? names.label);
    const farewell = goodbyeRecords(gone.map((address) => addressRecord(oldHost, address)));
    await this.#send(stay.links, [...farewell, ...stay.records]);
    // A rival was heard meanwhile: the next step is already waiting.
    if (stay.ended.signal.aborted) return;
    this.#setState({
      kind: 'advertising',
      name: names.name,
      host: hostName(names.label),
      addresses: [...addresses],
    });
    void this.#repeat(stay);
  }

  async #repeat(stay: Stay): Promise<void> {
    for (const pauseMs of REPEAT_AFTER_MS) {
      await this.#parts.wait(pauseMs, stay.ended.signal);
      if (stay.ended.signal.aborted) return;
      await this.#send(stay.links, stay.records).catch((error: unknown) => this.#note(error));
    }
  }

  /** Two computers that start in the same second both find a name free and learn of each other only now. */
  #hear(stay: Stay, records: readonly ReceivedRecord[]): void {
    if (!stay.names || stay.ended.signal.aborted) return;
    const rivals = findRivals(records, stay.names, this.#ownership(this.#computerAddresses));
    if (!rivals.name && !rivals.label) return;
    if (rivals.id !== undefined && this.#options.id < rivals.id) {
      this.#defend(stay);
      return;
    }
    // No goodbye: it would take the other's records out of every memory, for they have the same name.
    stay.ended.abort();
    stay.records = [];
    this.#announced = [];
    for (const link of stay.links) link.serve([]);
    this.#conflictCount += 1;
    const pauseMs =
      this.#conflictCount > CALM_CONFLICT_COUNT ? CONFLICT_PAUSE_MS : this.#parts.random() * 250;
    this.#options.log.info({ ...stay.names }, 'Somebody else announces the same name');
    this.#enqueue(async () => {
      await this.#parts.wait(pauseMs, this.#closing.signal);
      await this.#establish();
    });
  }

  /** The Roost with the smaller id keeps the name; saying it again makes the other see the conflict. */
  #defend(stay: Stay): void {
    const now = this.#parts.clock.now();
    if (now - this.#defendedAt < DEFEND_GAP_MS) return;
    this.#defendedAt = now;
    this.#send(stay.links, stay.records).catch((error: unknown) => this.#note(error));
  }

  #ownership(addresses: ReadonlySet<string>): Ownership {
    const { id, port } = this.#options;
    return { id, port, labels: this.#announcedLabels, addresses };
  }

  async #send(links: readonly MulticastLink[], records: readonly DnsRecord[]): Promise<void> {
    const sent = new AbortController();
    const sending = sendOnLinks(links, (link) => link.announce(records)).finally(() =>
      sent.abort(),
    );
    await Promise.race([sending, this.#parts.wait(SEND_LIMIT_MS, sent.signal)]);
    if (sent.signal.aborted) await sending;
  }

  async #leave(): Promise<void> {
    const stay = this.#stay;
    this.#stay = undefined;
    stay?.ended.abort();
    const closed = await Promise.allSettled(stay?.links.map((link) => link.close()) ?? []);
    for (const result of closed) if (result.status === 'rejected') this.#note(result.reason);
  }

  async #fail(error: unknown): Promise<void> {
    this.#options.log.warn({ err: error }, 'Roost cannot announce itself on the network');
    await this.#leave();
    this.#setState({ kind: 'failed', reason: advertisingFailure(error) });
  }

  #note(error: unknown): void {
    this.#options.log.debug({ err: error }, 'A multicast DNS link had a problem');
  }

  #setState(state: DiscoveryState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#options.log.info({ discovery: state }, 'Discovery changed');
    try {
      this.#options.onState?.(state);
    } catch (error) {
      this.#options.log.warn({ err: error }, 'A listener of the discovery state failed');
    }
  }
}
