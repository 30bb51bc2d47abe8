import { isIPv6 } from 'node:net';

import { DEFAULT_LAN_PORT, type Ping } from '../../../shared/native-protocol.ts';
import type { FoundRoost } from '../../service/discovery/found-roosts.ts';
import { UsageError } from '../command.ts';
import { NextStepError } from '../next-step-error.ts';
import { printable } from '../text-format.ts';
import { NativeClient } from './native-client.ts';
import type { PairedRoosts } from './paired-roosts.ts';

/** A Roost that answered, and where. */
export interface ReachedRoost {
  readonly origin: string;
  readonly id: string;
  readonly name: string;
  /** Whether it takes uploads now; absent where it does not say. */
  readonly library?: Ping['library'];
}

/** Searches the network; `findRoosts` of the service in real life. */
export type RoostFinder = (options: {
  readonly timeoutMs: number;
  readonly id?: string;
}) => Promise<readonly FoundRoost[]>;

const SEARCH_MS = 4_000;

/**
 * Turns `host`, `host:port`, `[v6]:port` or an http URL into a base address.
 * @throws {UsageError} for anything else.
 */
export function parseAddress(text: string): string {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
    ? text
    : `http://${isIPv6(text) ? `[${text}]` : text}`;
  let url;
  try {
    url = new URL(withScheme);
  } catch (cause) {
    throw new UsageError(`"${text}" is not an address such as 192.168.1.20:7678.`, { cause });
  }
  if (url.protocol !== 'http:') {
    throw new UsageError(`"${text}": this version sends over http:// only.`);
  }
  // URL drops a port that is the scheme's default; `host:80` still means 80.
  const hasPort = url.port !== '' || /:80(\/|$)/.test(withScheme);
  return `http://${url.hostname}:${hasPort ? url.port || '80' : DEFAULT_LAN_PORT}`;
}

/** @throws {NextStepError} `service/not-running` when no Roost answers at the address. */
export async function reachRoost(origin: string, signal: AbortSignal): Promise<ReachedRoost> {
  const ping = await pingAt(origin, signal);
  if (typeof ping !== 'string') return { origin, ...ping };
  throw new NextStepError(
    'service/not-running',
    `No Roost answers at ${origin} (${ping}).`,
    'Check that Roost runs there, and that both computers are in the same network.',
  );
}

/**
 * Chooses the Roost to send to: the only one paired with, at its last address or wherever it is now;
 * else the only one on the network.
 * @throws {NextStepError} `service/not-running` when none is found.
 * @throws {UsageError} when there are several to choose from.
 */
export async function findRoost(
  paired: PairedRoosts,
  find: RoostFinder,
  signal: AbortSignal,
): Promise<ReachedRoost> {
  const pairedIds = Object.keys(paired);
  const onlyId = pairedIds.length === 1 ? pairedIds[0] : undefined;
  const lastOrigin = onlyId === undefined ? undefined : paired[onlyId]?.origin;
  if (lastOrigin !== undefined) {
    const ping = await pingAt(lastOrigin, signal);
    if (typeof ping !== 'string' && ping.id === onlyId) return { origin: lastOrigin, ...ping };
  }
  const found = await find({
    timeoutMs: SEARCH_MS,
    ...(onlyId !== undefined && { id: onlyId }),
  }).catch(() => []);
  const known = found.filter(({ id }) => Object.hasOwn(paired, id));
  const candidates = known.length > 0 ? known : found;
  if (candidates.length > 1) {
    const list = candidates.map(
      (roost) => `  --to ${addressesOf(roost)[0] ?? roost.host}   "${printable(roost.name)}"`,
    );
    throw new UsageError(['Several Roosts were found. Choose one:', ...list].join('\n'));
  }
  for (const roost of candidates) {
    for (const address of addressesOf(roost)) {
      const origin = `http://${address}`;
      const ping = await pingAt(origin, signal);
      if (typeof ping !== 'string' && ping.id === roost.id) return { origin, ...ping };
    }
  }
  throw new NextStepError(
    'service/not-running',
    'No Roost was found on the local network.',
    'Start Roost there, or give its address with --to HOST:PORT.',
  );
}

function addressesOf(roost: FoundRoost): string[] {
  return roost.addresses.map(
    (address) => `${isIPv6(address) ? `[${address}]` : address}:${roost.port}`,
  );
}

async function pingAt(origin: string, signal: AbortSignal): Promise<Ping | string> {
  const client = new NativeClient({ origin });
  try {
    const answer = await client.ping(signal);
    if (answer.kind === 'done') return answer.value;
    if (answer.kind === 'network') return answer.code;
    return answer.kind === 'refused' ? `status ${answer.status}` : 'something else answers';
  } finally {
    client.close();
  }
}
