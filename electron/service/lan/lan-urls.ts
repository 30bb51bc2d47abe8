import type { NetworkInterfaceInfo } from 'node:os';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Virtual interfaces of containers and virtual machines: real addresses, but no phone is there. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|utun|tun|tap|zt|tailscale|vEthernet)/i;

/**
 * Base addresses at which devices can reach the LAN listener, the likeliest first: real IPv4 interfaces, then
 * virtual ones. A listener bound to one address has just that one.
 */
export function lanUrls(interfaces: Interfaces, host: string | undefined, port: number): string[] {
  const bound = boundAddress(host);
  if (bound !== undefined) return [urlOf(bound, port)];
  const found = Object.entries(interfaces).flatMap(([name, addresses]) =>
    (addresses ?? [])
      .filter((each) => each.family === 'IPv4' && !each.internal && !isLinkLocal(each.address))
      .map((each) => ({ address: each.address, isVirtual: VIRTUAL.test(name) })),
  );
  const sorted = found.toSorted((a, b) => Number(a.isVirtual) - Number(b.isVirtual));
  return sorted.length > 0
    ? sorted.map(({ address }) => urlOf(address, port))
    : [urlOf('127.0.0.1', port)];
}

/** The one address a host names, or `undefined` when it means all of this computer's. */
export function boundAddress(host: string | undefined): string | undefined {
  return host === '0.0.0.0' || host === '::' ? undefined : host;
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.');
}
