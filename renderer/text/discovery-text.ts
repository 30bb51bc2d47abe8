import type { DiscoveryState } from '../../shared/window-views.ts';

export interface DiscoveryWords {
  readonly tone: 'good' | 'neutral' | 'warn' | 'bad';
  /** How it stands, in a few words. */
  readonly title: string;
  /** What that means, and what to do where something is wrong. */
  readonly next: string;
}

/** Whether devices on the network find this Roost by themselves, in plain words. */
export function discoveryWords(state: DiscoveryState): DiscoveryWords {
  switch (state.kind) {
    case 'advertising':
      return {
        tone: 'good',
        title: `Announced as “${state.name}”`,
        next: `Devices on this network find it by themselves, also as ${state.host}.`,
      };
    case 'starting':
      return { tone: 'neutral', title: 'Announcing', next: 'This takes a few seconds.' };
    case 'off':
      return {
        tone: 'neutral',
        title: 'Not announced',
        next: 'Roost is not announced on the network. Devices need the address or the QR code.',
      };
    case 'no-network':
      return {
        tone: 'warn',
        title: 'No network',
        next: 'Connect this computer to the network the phones are in. What is backed up stays safe.',
      };
    case 'failed':
      return {
        tone: 'bad',
        title: 'Announcing failed',
        next: `${sentence(state.reason)} Devices can still use the address or the QR code. A firewall or another program using port 5353 is the usual cause.`,
      };
  }
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
