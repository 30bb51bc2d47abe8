import type { ReceivedRecord } from './dns-records.ts';
import { txtId } from './roost-txt.ts';
import { SERVICE_TYPE, dnsKey, hostName, sameDnsName, serviceName } from './service-names.ts';

/** Names a Roost goes by on the network: the instance name people see, and the label of its host name. */
export interface NetworkNames {
  readonly name: string;
  readonly label: string;
}

/** What makes a record ours although it came from the network: echoes and reflectors send us our own. */
export interface Ownership {
  readonly id: string;
  readonly port: number;
  /** Host labels this Roost announced, or is about to. */
  readonly labels: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
}

/** Which of the names somebody else holds. */
export interface Rivals {
  readonly name: boolean;
  readonly label: boolean;
  /** The id of the Roost that sent the response, where it told and is not ours. */
  readonly id?: string;
}

/** Looks in a response for another holder of these names. Goodbyes (TTL 0) hold nothing. */
export function findRivals(
  records: readonly ReceivedRecord[],
  names: NetworkNames,
  own: Ownership,
): Rivals {
  const fullName = serviceName(names.name);
  const host = hostName(names.label);
  let name = false;
  let label = false;
  let id: string | undefined;
  for (const record of records) {
    if (record.ttl === 0) continue;
    if (record.type === 'SRV' && sameDnsName(record.name, fullName)) {
      name ||= !isOwnTarget(record.data, own);
    } else if (record.type === 'TXT' && isRoostInstance(record.name)) {
      const claimedId = txtId(record.data);
      if (claimedId === own.id) continue;
      id = claimedId;
      name ||= sameDnsName(record.name, fullName);
    } else if (record.type === 'A' || record.type === 'AAAA') {
      label ||= sameDnsName(record.name, host) && !own.addresses.has(record.data);
    }
  }
  return { name, label, ...(id !== undefined && { id }) };
}

function isRoostInstance(fullName: string): boolean {
  return dnsKey(fullName).endsWith(`.${SERVICE_TYPE}`);
}

function isOwnTarget(data: { port: number; target: string }, own: Ownership): boolean {
  return (
    data.port === own.port &&
    [...own.labels].some((label) => sameDnsName(data.target, hostName(label)))
  );
}
