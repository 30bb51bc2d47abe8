import { z } from 'zod';

import { PROTOCOL_VERSION } from '../../../shared/native-protocol.ts';

/** What a Roost says about itself in its TXT record. */
export interface RoostTxt {
  /** `v`: version of the native protocol. */
  readonly protocolVersion: number;
  /** `id`: the server's id, the same over restarts and renames. */
  readonly id: string;
  /** `path`: where the native protocol lives below the address, e.g. `/v1`. */
  readonly path: string;
  /** `tls`: the port speaks HTTPS. */
  readonly tls: boolean;
}

const MAX_ENTRIES = 32;

const txtSchema = z
  .object({
    v: z
      .string()
      .regex(/^[1-9]\d{0,3}$/)
      .transform(Number),
    id: z.uuid(),
    path: z
      .string()
      .regex(/^\/[A-Za-z0-9._~/-]{0,63}$/)
      .default('/v1'),
    tls: z.enum(['0', '1']).default('0'),
  })
  .transform(({ v, id, path, tls }): RoostTxt => ({
    protocolVersion: v,
    id,
    path,
    tls: tls === '1',
  }));

/** The TXT record's strings, for the protocol version this Roost speaks. */
export function writeRoostTxt(txt: Omit<RoostTxt, 'protocolVersion'>): Buffer[] {
  const entries = [
    `v=${PROTOCOL_VERSION}`,
    `id=${txt.id}`,
    `path=${txt.path}`,
    `tls=${txt.tls ? 1 : 0}`,
  ];
  return entries.map((entry) => Buffer.from(entry));
}

/** Reads the strings of a TXT record of unknown origin; undefined when it is not a Roost's. */
export function parseRoostTxt(strings: readonly Uint8Array[]): RoostTxt | undefined {
  const result = txtSchema.safeParse(Object.fromEntries(txtValues(strings)));
  return result.success ? result.data : undefined;
}

/** The `id` a TXT record claims, even when the rest of it is of no use. */
export function txtId(strings: readonly Uint8Array[]): string | undefined {
  return txtValues(strings).get('id');
}

/** RFC 6763 6.4: keys have no case, the first of a kind counts, an entry without a key is ignored. */
function txtValues(strings: readonly Uint8Array[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const bytes of strings.slice(0, MAX_ENTRIES)) {
    const text = Buffer.from(bytes).toString('utf8');
    const equals = text.indexOf('=');
    const key = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
    if (key && !values.has(key)) values.set(key, equals < 0 ? '' : text.slice(equals + 1));
  }
  return values;
}
