import { isIPv4 } from 'node:net';
import type { networkInterfaces } from 'node:os';

/** What `os.networkInterfaces()` answers. */
export type NetworkInterfaces = ReturnType<typeof networkInterfaces>;

export interface AddressRules {
  /** Use the loopback interface when there is no other. */
  readonly allowLoopback?: boolean;
  /** Only interfaces with these names; all when absent. */
  readonly interfaces?: readonly string[];
  /** Only this address: the one the LAN listener is bound to; all when absent. */
  readonly address?: string | undefined;
}

/** The part of the computer's network Roost announces on. */
export interface Network {
  /** One IPv4 address for each interface: where multicast is sent and received. */
  readonly linkAddresses: readonly string[];
  /** Addresses under which devices may reach this computer: IPv4 first. */
  readonly addresses: readonly string[];
}

/** A computer with many virtual networks must not open a socket for each of them. */
const MAX_LINKS = 16;
/** Keeps an announcement within one Ethernet frame even with the longest host name. */
const MAX_ADDRESSES = 12;

/**
 * Picks the useful interfaces and addresses. Link-local IPv6 never counts (it means nothing without an interface
 * on the other side); link-local IPv4 counts only when there is no other, as with two computers on one cable.
 */
export function readNetwork(interfaces: NetworkInterfaces, rules: AddressRules = {}): Network {
  const candidates = Object.entries(interfaces)
    .filter(([name]) => rules.interfaces?.includes(name) ?? true)
    .map(([, addresses = []]) =>
      addresses.filter((entry) => rules.address === undefined || entry.address === rules.address),
    );
  const outward = candidates.map((addresses) =>
    addresses.filter((entry) => !entry.internal && !isLinkLocalIpv6(entry.address)),
  );
  const routable = outward.map((addresses) =>
    addresses.filter((entry) => !isLinkLocalIpv4(entry.address)),
  );
  const loopback = candidates.map((addresses) => addresses.filter((entry) => entry.internal));
  const sets = [routable, outward, ...(rules.allowLoopback ? [loopback] : [])];
  const chosen = sets.find((set) => set.flat().some((entry) => isIPv4(entry.address))) ?? [];

  const linkAddresses = chosen
    .map((addresses) => addresses.find((entry) => isIPv4(entry.address))?.address)
    .filter((address) => address !== undefined)
    .slice(0, MAX_LINKS);
  const all = [...new Set(chosen.flat().map((entry) => entry.address))];
  const addresses = [
    ...all.filter((address) => isIPv4(address)),
    ...all.filter((address) => !isIPv4(address)),
  ].slice(0, MAX_ADDRESSES);
  return { linkAddresses, addresses };
}

/** Every address of this computer, useful or not: to tell its own packets from a rival's. */
export function everyAddress(interfaces: NetworkInterfaces): string[] {
  return Object.values(interfaces).flatMap((addresses = []) =>
    addresses.map((entry) => entry.address),
  );
}

/** True when both have the same addresses in any order: systems do not keep the order of interfaces. */
export function sameNetwork(a: Network, b: Network): boolean {
  return sameMembers(a.linkAddresses, b.linkAddresses) && sameMembers(a.addresses, b.addresses);
}

function sameMembers(a: readonly string[], b: readonly string[]): boolean {
  const members = new Set(a);
  return members.size === new Set(b).size && b.every((entry) => members.has(entry));
}

function isLinkLocalIpv4(address: string): boolean {
  return address.startsWith('169.254.');
}

function isLinkLocalIpv6(address: string): boolean {
  return /^fe[89ab][0-9a-f]:/i.test(address);
}
