import { setImmediate as nextTurn } from 'node:timers/promises';

import type { DnsQuestion, DnsRecord } from './dns-records.ts';
import type { MulticastLink, OpenLink, ResponseListener } from './multicast-link.ts';
import type { NetworkInterfaces } from './network-addresses.ts';
import { sameDnsName } from './service-names.ts';
import type { Wait } from './wait.ts';

/**
 * A local network in memory, for tests: everyone on it hears every response, the sender too, as with multicast.
 * Nothing ever leaves the process.
 */
export class FakeAir {
  /** Every response in order, with who sent it. */
  readonly responses: { readonly from: string; readonly records: readonly DnsRecord[] }[] = [];
  /** Addresses whose link cannot be opened, with the error's code. */
  readonly broken = new Map<string, string>();
  /** Answers every question when set: somebody who holds every name. */
  answerAll: ((question: DnsQuestion) => readonly DnsRecord[]) | undefined;
  readonly #links = new Set<FakeLink>();

  readonly openLink: OpenLink = async (address) => {
    await nextTurn();
    const code = this.broken.get(address);
    if (code !== undefined) throw Object.assign(new Error(`open ${code}`), { code });
    const link = new FakeLink(address, this);
    this.#links.add(link);
    return link;
  };

  get openLinkCount(): number {
    return this.#links.size;
  }

  respond(from: string, records: readonly DnsRecord[]): void {
    this.responses.push({ from, records });
    for (const link of [...this.#links]) link.hear(records, from);
  }

  ask(questions: readonly DnsQuestion[]): void {
    for (const question of questions) {
      const strange = this.answerAll?.(question) ?? [];
      if (strange.length > 0) this.respond('203.0.113.1', strange);
      for (const link of [...this.#links]) {
        const answers = link.answersTo(question);
        if (answers.length > 0) this.respond(link.address, answers);
      }
    }
  }

  remove(link: FakeLink): void {
    this.#links.delete(link);
  }
}

class FakeLink implements MulticastLink {
  readonly address: string;
  readonly #air: FakeAir;
  readonly #listeners = new Set<ResponseListener>();
  #served: readonly DnsRecord[] = [];

  constructor(address: string, air: FakeAir) {
    this.address = address;
    this.#air = air;
  }

  async query(questions: readonly DnsQuestion[]): Promise<void> {
    await nextTurn();
    this.#air.ask(questions);
  }

  async announce(records: readonly DnsRecord[]): Promise<void> {
    await nextTurn();
    this.#air.respond(this.address, records);
  }

  serve(records: readonly DnsRecord[]): void {
    this.#served = records;
  }

  onResponse(listener: ResponseListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  hear(records: readonly DnsRecord[], from: string): void {
    for (const listener of [...this.#listeners]) listener(records, from);
  }

  answersTo(question: DnsQuestion): DnsRecord[] {
    return this.#served.filter(
      (record) =>
        sameDnsName(record.name, question.name) &&
        (question.type === 'ANY' || question.type === record.type),
    );
  }

  close(): Promise<void> {
    this.#listeners.clear();
    this.#air.remove(this);
    return Promise.resolve();
  }
}

/** Time that passes at once, but never before what was sent has arrived. */
export const hastyWait: Wait = async () => {
  for (let turn = 0; turn < 3; turn += 1) await nextTurn();
};

/** What `os.networkInterfaces()` would say of a computer with these addresses, one interface each. */
export function interfacesWith(...addresses: string[]): NetworkInterfaces {
  return Object.fromEntries(
    addresses.map((address, index) => [`eth${index}`, [interfaceAddress(address)]]),
  );
}

export function interfaceAddress(address: string, internal = false) {
  return address.includes(':')
    ? {
        address,
        netmask: 'ffff:ffff:ffff:ffff::',
        family: 'IPv6' as const,
        mac: '02:00:00:00:00:01',
        internal,
        cidr: `${address}/64`,
        scopeid: 0,
      }
    : {
        address,
        netmask: '255.255.255.0',
        family: 'IPv4' as const,
        mac: '02:00:00:00:00:01',
        internal,
        cidr: `${address}/24`,
      };
}
