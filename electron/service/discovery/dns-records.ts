import { z } from 'zod';

/** Records above this number in one packet are not looked at: a Roost needs about twenty. */
const MAX_RECORDS_PER_PACKET = 200;

const dnsNameSchema = z.string().min(1).max(255);
const recordBase = { name: dnsNameSchema, ttl: z.number().int().min(0) };

const recordSchema = z.discriminatedUnion('type', [
  z.object({ ...recordBase, type: z.literal('PTR'), data: dnsNameSchema }),
  z.object({
    ...recordBase,
    type: z.literal('SRV'),
    data: z.object({ port: z.number().int().min(1).max(65_535), target: dnsNameSchema }),
  }),
  z.object({
    ...recordBase,
    type: z.literal('TXT'),
    data: z.array(z.custom<Uint8Array>((value) => value instanceof Uint8Array)).max(64),
  }),
  z.object({ ...recordBase, type: z.literal('A'), data: z.ipv4() }),
  z.object({ ...recordBase, type: z.literal('AAAA'), data: z.ipv6() }),
]);

/** A resource record as it came from the network, of the types Roost uses. `ttl` is in seconds. */
export type ReceivedRecord = z.infer<typeof recordSchema>;

/**
 * A record to send. `flush` is the cache-flush bit of RFC 6762 10.2: this set replaces what others remember,
 * for records nobody else may hold.
 */
export type DnsRecord = ReceivedRecord & { readonly flush?: boolean };

export interface DnsQuestion {
  readonly name: string;
  readonly type: 'PTR' | 'SRV' | 'TXT' | 'A' | 'AAAA' | 'ANY';
}

const packetSchema = z.object({ answers: z.array(z.unknown()), additionals: z.array(z.unknown()) });

/** The records of a decoded packet Roost understands; everything else in it is passed over. */
export function readRecords(packet: unknown): ReceivedRecord[] {
  const parsed = packetSchema.safeParse(packet);
  if (!parsed.success) return [];
  return [...parsed.data.answers, ...parsed.data.additionals]
    .slice(0, MAX_RECORDS_PER_PACKET)
    .map((record) => recordSchema.safeParse(record))
    .flatMap((result) => (result.success ? [result.data] : []));
}
