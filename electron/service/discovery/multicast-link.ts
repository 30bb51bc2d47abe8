import { Bonjour } from 'bonjour-service';

import { readRecords } from './dns-records.ts';
import type { DnsQuestion, DnsRecord, ReceivedRecord } from './dns-records.ts';

/** Hears the records of one response and the IPv4 address that sent it. */
export type ResponseListener = (records: readonly ReceivedRecord[], from: string) => void;

/** Multicast DNS on one network interface. */
export interface MulticastLink {
  /**
   * Asks everyone on the link. `proposed` are the records the asker wants to take (RFC 6762 8.2).
   * @throws the socket's error when the packet could not be sent.
   */
  query(questions: readonly DnsQuestion[], proposed?: readonly DnsRecord[]): Promise<void>;
  /** Tells everyone on the link. @throws the socket's error when the packet could not be sent. */
  announce(records: readonly DnsRecord[]): Promise<void>;
  /** From now on answers queries from these records. */
  serve(records: readonly DnsRecord[]): void;
  /** Hears every response on the link, this computer's own as well. Answers how to stop listening. */
  onResponse(listener: ResponseListener): () => void;
  close(): Promise<void>;
}

/**
 * Opens the link of the interface that has this IPv4 address.
 * @param onProblem hears what goes wrong later; the link stays open.
 * @throws the socket's error (EADDRINUSE, EACCES, ...).
 */
export type OpenLink = (
  address: string,
  onProblem: (error: Error) => void,
) => Promise<MulticastLink>;

interface MulticastDns {
  on(event: 'error' | 'warning', listener: (error: Error) => void): void;
  on(event: 'ready', listener: () => void): void;
  on(event: 'response', listener: (packet: unknown, from: { address: string }) => void): void;
  removeListener(event: 'response', listener: unknown): void;
  query(query: object, sent: (error?: Error | null) => void): void;
  respond(response: object, sent: (error?: Error | null) => void): void;
  destroy(done: () => void): void;
}

/** The parts of bonjour-service its types keep private. [Note: What bonjour-service leaves to us] */
interface BonjourParts {
  readonly server: {
    readonly mdns: MulticastDns;
    register(records: readonly DnsRecord[]): void;
    unregister(records: readonly DnsRecord[]): void;
  };
}

// [Note: What bonjour-service leaves to us]
// bonjour-service 1.4 answers queries well, but its `publish` does not fit a service that must do no harm:
// - On a name conflict it prints to standard output, gives no event, and sends goodbye packets for the name of the
//   machine that had it first.
// - It announces the addresses `os.networkInterfaces()` gives at that moment: link-local ones too, and at a goodbye
//   no longer those it announced.
// - Its goodbye withdraws the service type itself, which other Roosts on the network still use.
// - It sends on the system's default interface only, and a socket error is thrown past every handler.
// So each interface gets a Bonjour of its own for receiving and answering, and names, records and errors are ours.

/** Opens a link with bonjour-service. */
export const openMulticastLink: OpenLink = async (address, onProblem) => {
  // Bound to every address: a socket bound to one address does not receive multicast on Linux.
  const socketOptions: object = { interface: address, bind: '0.0.0.0' };
  const bonjour = new Bonjour(socketOptions, onProblem);
  const { server } = bonjour as unknown as BonjourParts;
  const { mdns } = server;
  let served: readonly DnsRecord[] = [];

  const close = () => new Promise<void>((resolve) => mdns.destroy(resolve));

  mdns.on('warning', onProblem);
  try {
    await new Promise<void>((resolve, reject) => {
      mdns.on('ready', resolve);
      mdns.on('error', reject);
    });
  } catch (error) {
    await close();
    throw error;
  }
  mdns.on('error', onProblem);

  return {
    query: (questions, proposed = []) =>
      sending((sent) => mdns.query({ questions, authorities: proposed }, sent)),
    announce: (records) => sending((sent) => mdns.respond({ answers: records }, sent)),
    serve: (records) => {
      server.unregister(served);
      served = records;
      server.register(records);
    },
    onResponse: (listener) => {
      const hear = (packet: unknown, from: { address: string }) =>
        listener(readRecords(packet), from.address);
      mdns.on('response', hear);
      return () => mdns.removeListener('response', hear);
    },
    close,
  };
};

function sending(send: (sent: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    send((error) => (error ? reject(error) : resolve()));
  });
}
