import { isIPv4 } from 'node:net';

import type { DnsQuestion, ReceivedRecord } from './dns-records.ts';
import { parseRoostTxt } from './roost-txt.ts';
import type { RoostTxt } from './roost-txt.ts';
import { SERVICE_TYPE, dnsKey } from './service-names.ts';

/** A Roost seen on the local network. What it says of itself is not proven by anything. */
export interface FoundRoost extends RoostTxt {
  readonly name: string;
  /** Host name, e.g. `kitchen.local`. */
  readonly host: string;
  /** Where it can be reached, best guess first. */
  readonly addresses: readonly string[];
  readonly port: number;
}

/** Bounds for a network where somebody floods us with announcements. */
const MAX_INSTANCES = 64;
const MAX_ADDRESSES_PER_HOST = 16;

const INSTANCE_SUFFIX = `.${SERVICE_TYPE}`;

interface Instance {
  readonly fullName: string;
  service?: { port: number; target: string };
  txt?: RoostTxt | undefined;
  from: string;
}

/** Puts Roosts together from the records of any number of responses, in any order within a response. */
export class FoundRoosts {
  readonly #instances = new Map<string, Instance>();
  readonly #hosts = new Map<string, Set<string>>();
  readonly #allowLoopback: boolean;

  constructor(allowLoopback = false) {
    this.#allowLoopback = allowLoopback;
  }

  /** @param from the address the response came from. */
  add(records: readonly ReceivedRecord[], from: string): void {
    for (const record of records) {
      if (record.type === 'PTR') this.#addPointer(record.name, record.data, record.ttl, from);
      else if (record.type === 'SRV' || record.type === 'TXT') this.#addDetail(record, from);
    }
    for (const record of records) {
      if (record.type === 'A' || record.type === 'AAAA') this.#addAddress(record);
    }
  }

  /** Those known completely, in the order they were first heard of. */
  complete(): FoundRoost[] {
    return [...this.#instances.values()].flatMap(({ fullName, service, txt, from }) => {
      const addresses = service && [...(this.#hosts.get(dnsKey(service.target)) ?? [])];
      if (!service || !txt || !addresses?.length) return [];
      return [
        {
          ...txt,
          name: readableName(fullName),
          host: service.target,
          addresses: addresses.sort((a, b) => rank(a, from) - rank(b, from)),
          port: service.port,
        },
      ];
    });
  }

  /** What to ask next to know more of those known in part. */
  openQuestions(): DnsQuestion[] {
    return [...this.#instances.values()].flatMap(({ fullName, service, txt }): DnsQuestion[] => {
      const hasAddress = service && this.#hosts.get(dnsKey(service.target))?.size;
      return [
        ...(service ? [] : [{ name: fullName, type: 'SRV' as const }]),
        ...(txt ? [] : [{ name: fullName, type: 'TXT' as const }]),
        ...(!service || hasAddress
          ? []
          : [
              { name: service.target, type: 'A' as const },
              { name: service.target, type: 'AAAA' as const },
            ]),
      ];
    });
  }

  #addPointer(type: string, fullName: string, ttl: number, from: string): void {
    if (dnsKey(type) !== SERVICE_TYPE) return;
    if (ttl === 0) this.#instances.delete(dnsKey(fullName));
    else this.#instance(fullName, from);
  }

  #addDetail(record: Extract<ReceivedRecord, { type: 'SRV' | 'TXT' }>, from: string): void {
    if (record.ttl === 0) return;
    const instance = this.#instance(record.name, from);
    if (!instance) return;
    if (record.type === 'TXT') {
      instance.txt = parseRoostTxt(record.data);
      return;
    }
    instance.service = record.data;
    instance.from = from;
    const host = dnsKey(record.data.target);
    if (!this.#hosts.has(host) && this.#hosts.size < MAX_INSTANCES) {
      this.#hosts.set(host, new Set());
    }
  }

  #addAddress(record: Extract<ReceivedRecord, { type: 'A' | 'AAAA' }>): void {
    const addresses = this.#hosts.get(dnsKey(record.name));
    if (!addresses || !this.#isUsable(record.data)) return;
    if (record.ttl === 0) addresses.delete(record.data);
    else if (addresses.size < MAX_ADDRESSES_PER_HOST) addresses.add(record.data);
  }

  #instance(fullName: string, from: string): Instance | undefined {
    const key = dnsKey(fullName);
    if (!key.endsWith(INSTANCE_SUFFIX) || key.length === INSTANCE_SUFFIX.length) return undefined;
    let instance = this.#instances.get(key);
    if (!instance && this.#instances.size < MAX_INSTANCES) {
      instance = { fullName, from };
      this.#instances.set(key, instance);
    }
    return instance;
  }

  /** Addresses no other computer can have, or that need to know an interface, are of no use. */
  #isUsable(address: string): boolean {
    if (isIPv4(address)) {
      const first = Number(address.split('.')[0]);
      return first !== 0 && first < 224 && (first !== 127 || this.#allowLoopback);
    }
    return (
      !/^(fe[89ab][0-9a-f]:|ff|::$)/i.test(address) && (address !== '::1' || this.#allowLoopback)
    );
  }
}

/** The address that answered works; after it IPv4, which every Roost listens on. */
function rank(address: string, from: string): number {
  if (address === from) return 0;
  return isIPv4(address) ? 1 : 2;
}

/** The instance name without what could play tricks with a terminal. */
function readableName(fullName: string): string {
  return fullName.slice(0, -INSTANCE_SUFFIX.length).replace(/[\p{Cc}\p{Cf}]/gu, '\u{fffd}');
}
