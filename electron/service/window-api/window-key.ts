import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';

/**
 * The secret of the window's listener, made at each start. A page gets it once in its address and keeps it as a
 * cookie that scripts cannot read; the CLI sends it as a bearer token.
 */
export interface WindowKey {
  readonly key: string;
  readonly cookieName: string;
  /** Whether a text is the key, in constant time. */
  matches(told: string): boolean;
}

export function makeWindowKey(): WindowKey {
  const key = randomBytes(32).toString('base64url');
  const hashed = hashOf(key);
  return {
    key,
    // Cookies ignore the port: a name of its own keeps two Roosts on one computer apart.
    cookieName: `roost-${randomBytes(4).toString('hex')}`,
    matches: (told) => timingSafeEqual(hashOf(told), hashed),
  };
}

/** @throws RoostError `auth/window-key-invalid`. */
export function requireWindowKey(request: IncomingMessage, windowKey: WindowKey): void {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const told = bearer ?? cookieValue(request.headers.cookie, windowKey.cookieName);
  if (told === undefined || !windowKey.matches(told)) {
    throw new RoostError('auth/window-key-invalid');
  }
}

/**
 * Holds off other sites and DNS rebinding: the `Host` must be this listener's own, and so must the `Origin`
 * where a browser sends one.
 * @throws RoostError `auth/wrong-origin`.
 */
export function requireOwnOrigin(request: IncomingMessage, port: number): void {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  const { host, origin } = request.headers;
  if (host === undefined || !hosts.includes(host)) throw new RoostError('auth/wrong-origin');
  if (origin !== undefined && !hosts.some((own) => origin === `http://${own}`)) {
    throw new RoostError('auth/wrong-origin');
  }
}

function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value;
  }
  return undefined;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
