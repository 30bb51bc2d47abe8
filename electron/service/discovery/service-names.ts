/** A DNS label, and so also a service instance name, holds at most this many bytes (RFC 1035, RFC 6763 4.1.1). */
export const MAX_LABEL_BYTE_COUNT = 63;

/** The service type Roost announces itself under. */
export const SERVICE_TYPE = '_roost._tcp.local';

/** Full name of a service instance, e.g. `Kitchen Mac._roost._tcp.local`. */
export function serviceName(instanceName: string): string {
  return `${instanceName}.${SERVICE_TYPE}`;
}

/** Full host name for a label, e.g. `kitchen-mac.local`. */
export function hostName(label: string): string {
  return `${label}.local`;
}

/**
 * The name as a service instance name: one label of at most 63 bytes of UTF-8. Dots become hyphens because
 * multicast-dns splits names at every dot and cannot escape one.
 */
export function instanceName(name: string): string {
  const clean = name
    .toWellFormed()
    .normalize('NFC')
    .replace(/\p{Cc}/gu, ' ')
    .replaceAll('.', '-')
    .trim();
  return cutToBytes(clean, MAX_LABEL_BYTE_COUNT).trim() || 'Roost';
}

/** The host label Roost asks for: letters, digits and hyphens made from the name (`Anna’s Mac` is `annas-mac`). */
export function hostLabel(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return trimHyphens(trimHyphens(plain).slice(0, MAX_LABEL_BYTE_COUNT)) || 'roost';
}

/** The n-th try for an instance name: `Name`, `Name (2)`, `Name (3)`, still at most 63 bytes. */
export function numberedInstanceName(name: string, number: number): string {
  if (number <= 1) return name;
  const suffix = ` (${number})`;
  return cutToBytes(name, MAX_LABEL_BYTE_COUNT - suffix.length).trimEnd() + suffix;
}

/** The n-th try for a host label: `name`, `name-2`, `name-3`, still at most 63 bytes. */
export function numberedHostLabel(label: string, number: number): string {
  if (number <= 1) return label;
  const suffix = `-${number}`;
  return trimHyphens(label.slice(0, MAX_LABEL_BYTE_COUNT - suffix.length)) + suffix;
}

/** DNS compares ASCII letters without case and every other byte exactly (RFC 4343). */
export function sameDnsName(a: string, b: string): boolean {
  return dnsKey(a) === dnsKey(b);
}

/** A name as a map key: equal for names DNS takes for the same. */
export function dnsKey(name: string): string {
  return name.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function trimHyphens(text: string): string {
  return text.replace(/^-+/, '').replace(/-+$/, '');
}

function cutToBytes(text: string, maxByteCount: number): string {
  let byteCount = 0;
  let end = 0;
  for (const character of text) {
    byteCount += Buffer.byteLength(character);
    if (byteCount > maxByteCount) break;
    end += character.length;
  }
  return text.slice(0, end);
}
