import type { Wait } from './wait.ts';
import type { MulticastLink } from './multicast-link.ts';
import { findRivals } from './name-rivals.ts';
import type { NetworkNames, Ownership } from './name-rivals.ts';
import { sendOnLinks } from './send-on-links.ts';
import { addressRecord } from './service-records.ts';
import { hostName, numberedHostLabel, numberedInstanceName, serviceName } from './service-names.ts';

/** RFC 6762 8.1: a random pause, then three questions 250 ms apart, and nobody objects. */
const PROBE_COUNT = 3;
const PROBE_GAP_MS = 250;

/** More names in use than this, and somebody on the network answers to everything. */
const MAX_TRIES = 40;

/** No free name was found: every name asked for is said to be in use. */
export class NoFreeNameError extends Error {
  override readonly name = 'NoFreeNameError';
}

export interface ClaimRequest {
  readonly links: readonly MulticastLink[];
  readonly wanted: NetworkNames;
  readonly own: Ownership;
  /** Announced under the host name once it is ours. */
  readonly addresses: readonly string[];
  readonly wait: Wait;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** When aborted, the claim ends early and its answer must not be used. */
  readonly signal: AbortSignal;
}

/**
 * Finds names nobody else on the links answers to: `Name`, `Name (2)`, ... and `name`, `name-2`, ...
 * @throws NoFreeNameError, or the socket's error when no link can send.
 */
export async function claimNames(request: ClaimRequest): Promise<NetworkNames> {
  const { wanted } = request;
  let nameNumber = 1;
  let labelNumber = 1;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const names = {
      name: numberedInstanceName(wanted.name, nameNumber),
      label: numberedHostLabel(wanted.label, labelNumber),
    };
    const taken = await probe(names, request);
    if (request.signal.aborted || (!taken.name && !taken.label)) return names;
    if (taken.name) nameNumber += 1;
    if (taken.label) labelNumber += 1;
  }
  throw new NoFreeNameError(`All of ${MAX_TRIES} names tried are in use on the network.`);
}

async function probe(names: NetworkNames, request: ClaimRequest) {
  const { links, wait, signal } = request;
  // Our own address under a name we never announced is the operating system's answer. Its records must not be shared:
  // our goodbye would take the computer's own host name back.
  const wasOurs = request.own.labels.has(names.label);
  const own = {
    ...request.own,
    labels: new Set([...request.own.labels, names.label]),
    addresses: wasOurs ? request.own.addresses : new Set<string>(),
  };
  const taken = { name: false, label: false };
  const answered = new AbortController();
  const stopListening = links.map((link) =>
    link.onResponse((records) => {
      const rivals = findRivals(records, names, own);
      taken.name ||= rivals.name;
      taken.label ||= rivals.label;
      if (taken.name || taken.label) answered.abort();
    }),
  );
  const ended = AbortSignal.any([signal, answered.signal]);
  try {
    await wait(request.random() * PROBE_GAP_MS, ended);
    for (let sent = 0; sent < PROBE_COUNT && !ended.aborted; sent += 1) {
      await ask(names, request);
      await wait(PROBE_GAP_MS, ended);
    }
  } finally {
    for (const stop of stopListening) stop();
  }
  return taken;
}

async function ask(names: NetworkNames, request: ClaimRequest): Promise<void> {
  const fullName = serviceName(names.name);
  const host = hostName(names.label);
  const proposed = [
    {
      name: fullName,
      type: 'SRV' as const,
      ttl: 120,
      data: { port: request.own.port, target: host },
    },
    // Without the cache-flush bit: RFC 6762 10.2 forbids it in probes.
    ...request.addresses.map((address) => ({ ...addressRecord(host, address), flush: false })),
  ];
  await sendOnLinks(request.links, (link) =>
    link.query(
      [
        { name: fullName, type: 'ANY' },
        { name: host, type: 'ANY' },
      ],
      proposed,
    ),
  );
}
