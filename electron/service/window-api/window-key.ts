import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';

import type { WindowMemory } from './window-memory.ts';

/** A page of a run that began longer ago is asked to be opened anew. */
const EARLIER_KEY_MS = 30 * 24 * 60 * 60 * 1000;
/** A page that stayed open asks every few seconds; a key that was read somewhere comes later. */
const EXCHANGED_WITHIN_MS = 5 * 60 * 1000;

/**
 * The secret of the window's listener, made at each start. A page gets it once in its address and keeps it as a
 * cookie that scripts cannot read; the CLI sends it as a bearer token.
 */
export interface WindowKey {
  readonly key: string;
  readonly cookieName: string;
  /** Whether a text is the key, in constant time. */
  matches(told: string): boolean;
  /**
   * Whether a text is the key of the run before, as a page has it that stayed open. It counts as a cookie alone, in the
   * first minutes of a run, and is exchanged for the key of now at once.
   */
  matchesEarlier(told: string): boolean;
  /** SHA-256 of the key, by which the next run knows it. */
  readonly keySha256: string;
}

/** `earlier` is the run before; of one that is long over nothing counts but the name of its cookie. */
export function makeWindowKey(clock: Clock, earlier?: WindowMemory): WindowKey {
  const now = clock.now();
  const key = randomBytes(32).toString('base64url');
  const hashed = hashOf(key);
  const isRecent = earlier !== undefined && now - earlier.startedAt <= EARLIER_KEY_MS;
  const hashedBefore = isRecent ? Buffer.from(earlier.keySha256, 'hex') : undefined;
  return {
    key,
    // Cookies ignore the port: a name of its own keeps two Roosts on one computer apart.
    cookieName: earlier?.cookieName ?? `roost-${randomBytes(4).toString('hex')}`,
    matches: (told) => timingSafeEqual(hashOf(told), hashed),
    matchesEarlier: (told) =>
      hashedBefore !== undefined &&
      clock.now() - now <= EXCHANGED_WITHIN_MS &&
      timingSafeEqual(hashOf(told), hashedBefore),
    keySha256: hashed.toString('hex'),
  };
}

/**
 * Says by which key a request is let in.
 * @throws RoostError `auth/window-key-invalid`.
 */
export function requireWindowKey(
  request: IncomingMessage,
  windowKey: WindowKey,
): 'key' | 'earlier-key' {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const cookie = cookieValue(request.headers.cookie, windowKey.cookieName);
  const told = bearer ?? cookie;
  if (told !== undefined && windowKey.matches(told)) return 'key';
  if (bearer === undefined && cookie !== undefined && windowKey.matchesEarlier(cookie)) {
    return 'earlier-key';
  }
  throw new RoostError('auth/window-key-invalid');
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
