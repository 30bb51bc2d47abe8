import { isIPv4 } from 'node:net';

import type { DnsRecord } from './dns-records.ts';
import { SERVICE_TYPE, hostName, serviceName } from './service-names.ts';

export interface ServiceFacts {
  /** Instance name and host label as claimed. */
  readonly name: string;
  readonly label: string;
  readonly port: number;
  readonly addresses: readonly string[];
  readonly txt: readonly Buffer[];
}

// RFC 6762 10: records that hold a host name or address live 120 s, others 75 minutes.
const HOST_TTL_S = 120;
const OTHER_TTL_S = 4500;

const SERVICE_TYPES_NAME = '_services._dns-sd._udp.local';

/** All records of one Roost: what queries are answered from, and what an announcement holds. */
export function serviceRecords(facts: ServiceFacts): DnsRecord[] {
  const fullName = serviceName(facts.name);
  const target = hostName(facts.label);
  return [
    { name: SERVICE_TYPE, type: 'PTR', ttl: OTHER_TTL_S, data: fullName },
    {
      name: fullName,
      type: 'SRV',
      ttl: HOST_TTL_S,
      flush: true,
      data: { port: facts.port, target },
    },
    { name: fullName, type: 'TXT', ttl: OTHER_TTL_S, flush: true, data: [...facts.txt] },
    { name: SERVICE_TYPES_NAME, type: 'PTR', ttl: OTHER_TTL_S, data: SERVICE_TYPE },
    ...facts.addresses.map((address) => addressRecord(target, address)),
  ];
}

/** The address record of a host name. */
export function addressRecord(target: string, address: string): DnsRecord {
  return {
    name: target,
    type: isIPv4(address) ? 'A' : 'AAAA',
    ttl: HOST_TTL_S,
    flush: true,
    data: address,
  };
}

/**
 * The records that take an announcement back (RFC 6762 10.1). The pointer to the service type stays: it belongs to
 * every Roost on the network, and taking it back would hide theirs.
 */
export function goodbyeRecords(records: readonly DnsRecord[]): DnsRecord[] {
  return records
    .filter((record) => record.name !== SERVICE_TYPES_NAME)
    .map((record) => ({ ...record, ttl: 0 }));
}
