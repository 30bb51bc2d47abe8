import { NoFreeNameError } from './name-claim.ts';

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another program keeps port 5353 (multicast DNS) for itself.',
  EACCES: 'The system does not let Roost use multicast DNS (UDP port 5353).',
  EPERM: 'The system does not let Roost use multicast DNS (UDP port 5353).',
  ENETUNREACH: 'The network does not carry multicast.',
  EHOSTUNREACH: 'The network does not carry multicast.',
  ENETDOWN: 'The network is down.',
  EADDRNOTAVAIL: 'The network changed just now.',
};

/** Says in one plain sentence why Roost cannot announce itself. */
export function advertisingFailure(error: unknown): string {
  if (error instanceof NoFreeNameError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? `Multicast DNS failed${code && ` (${code})`}.`;
}
