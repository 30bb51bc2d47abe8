/**
 * The little of RFC 8941/9530 that Roost speaks: `Repr-Digest` dictionaries and booleans.
 * Malformed fields are ignored as the RFC says, never an error of their own.
 */

/** Lower-case hex digests by algorithm, as found in a `Repr-Digest` field. */
export interface ReprDigest {
  readonly sha256?: string;
  readonly sha512?: string;
}

/** Parses `sha-256=:base64:` members; unknown algorithms are left out, as RFC 9530 section 2 asks. */
export function parseReprDigest(field: string | undefined): ReprDigest {
  if (field === undefined) return {};
  const found: { sha256?: string; sha512?: string } = {};
  for (const member of field.split(',')) {
    const match = /^\s*(sha-256|sha-512)\s*=\s*:([A-Za-z0-9+/]+={0,2}):\s*$/.exec(member);
    if (!match) continue;
    const hex = hexOfBase64(match[2] ?? '');
    if (match[1] === 'sha-256' && hex.length === 64) found.sha256 = hex;
    if (match[1] === 'sha-512' && hex.length === 128) found.sha512 = hex;
  }
  return found;
}

/** Writes the `Repr-Digest` field of a SHA-256 given in hex. */
export function formatReprDigest(sha256: string): string {
  return `sha-256=:${base64OfHex(sha256)}:`;
}

/** `?1` and `?0` of RFC 8941, parameters passed over; anything else is `undefined`. */
export function parseBoolean(field: string | undefined): boolean | undefined {
  if (field === undefined) return undefined;
  const match = /^\?([01])\s*(?:;[^,]*)?$/.exec(field.trim());
  return match ? match[1] === '1' : undefined;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function hexOfBase64(text: string): string {
  let bits = 0;
  let bitCount = 0;
  let hex = '';
  for (const character of text.replace(/=+$/, '')) {
    bits = (bits << 6) | BASE64.indexOf(character);
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      hex += ((bits >> bitCount) & 0xff).toString(16).padStart(2, '0');
    }
    bits &= (1 << bitCount) - 1;
  }
  return hex;
}

function base64OfHex(hex: string): string {
  let text = '';
  for (let at = 0; at < hex.length; at += 6) {
    const part = hex.slice(at, at + 6);
    const value = Number.parseInt(part.padEnd(6, '0'), 16);
    for (let digit = 0; digit < 4; digit++) {
      const wanted = Math.ceil((part.length * 4) / 6);
      text += digit < wanted ? (BASE64[(value >> (18 - digit * 6)) & 63] ?? '') : '=';
    }
  }
  return text;
}
