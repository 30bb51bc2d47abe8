import type { IncomingHttpHeaders } from 'node:http';

import { parseBoolean } from '../../../../../shared/structured-field.ts';

/** Interop versions of the IETF drafts that are spoken; see the table in docs/protocol.md. */
const INTEROP_VERSIONS = [3, 4, 5, 6, 7, 8] as const;

export type InteropVersion = (typeof INTEROP_VERSIONS)[number];

const NEWEST: InteropVersion = 8;

export interface IetfDialect {
  readonly kind: 'ietf';
  readonly version: InteropVersion;
  /** The client asked for a version, so it knows what a 104 is. */
  readonly hearsInterim: boolean;
}

export interface TusDialect {
  readonly kind: 'tus';
}

/** How a client speaks of an upload that it may go on with later. */
export type Dialect = IetfDialect | TusDialect;

/** A client that says only `Upload-Complete: ?0`: what it sends must not count as a whole file. */
const UNVERSIONED: IetfDialect = { kind: 'ietf', version: NEWEST, hearsInterim: false };

/**
 * Apple's description of background uploads shows `Upload-Incomplete` without a version, and wants a 104. Only
 * clients of the early drafts send that field, and all of them understand one.
 */
const EARLY: IetfDialect = { kind: 'ietf', version: 3, hearsInterim: true };

/**
 * The dialect of a request, or `undefined` for a plain one. Decided for each request: what a client says counts,
 * not what another one said before.
 */
export function dialectOf(headers: IncomingHttpHeaders): Dialect | undefined {
  const told = headers['upload-draft-interop-version'];
  const version = INTEROP_VERSIONS.find((each) => String(each) === told);
  if (version !== undefined) return { kind: 'ietf', version, hearsInterim: true };
  if (headers['tus-resumable'] !== undefined) return { kind: 'tus' };
  if (headers['upload-incomplete'] !== undefined) return EARLY;
  if (parseBoolean(String(headers['upload-complete'])) === false) return UNVERSIONED;
  return undefined;
}

/** As an upload remembers who began it. */
export function dialectName(dialect: Dialect): string {
  return dialect.kind === 'tus' ? 'tus' : `ietf-${dialect.version}`;
}

/** The dialect an upload was begun in, for a request about it that says nothing of its own. */
export function dialectNamed(name: string): Dialect {
  if (name === 'tus') return { kind: 'tus' };
  const version = INTEROP_VERSIONS.find((each) => name === `ietf-${each}`);
  return version === undefined ? UNVERSIONED : { kind: 'ietf', version, hearsInterim: false };
}
