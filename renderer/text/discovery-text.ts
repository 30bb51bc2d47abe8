import type { DiscoveryState } from '../../shared/window-views.ts';
import { inLanguage } from './language.ts';

export interface DiscoveryWords {
  readonly tone: 'good' | 'neutral' | 'warn' | 'bad';
  /** How it stands, in a few words. */
  readonly title: string;
  /** What that means, and what to do where something is wrong. */
  readonly next: string;
}

const words = inLanguage({
  en: {
    announcedAs: (name: string) => `Announced as “${name}”`,
    announcedNext: (host: string) =>
      `Devices on this network find it by themselves, also as ${host}.`,
    starting: 'Announcing',
    startingNext: 'This takes a few seconds.',
    off: 'Not announced',
    offNext: 'Roost is not announced on the network. Devices need the address or the QR code.',
    noNetwork: 'No network',
    noNetworkNext:
      'Connect this computer to the network the phones are in. What is backed up stays safe.',
    failed: 'Announcing failed',
    failedNext: (reason: string) =>
      `${sentence(reason)} Devices can still use the address or the QR code. A firewall or another program using port 5353 is the usual cause.`,
  },
  de: {
    announcedAs: (name: string) => `Sichtbar als „${name}“`,
    announcedNext: (host: string) =>
      `Geräte in diesem Netz finden es von selbst, auch als ${host}.`,
    starting: 'Wird bekannt gemacht',
    startingNext: 'Das dauert ein paar Sekunden.',
    off: 'Nicht sichtbar',
    offNext:
      'Roost macht sich im Netz nicht bekannt. Geräte brauchen die Adresse oder den QR-Code.',
    noNetwork: 'Kein Netz',
    noNetworkNext:
      'Diesen Computer mit dem Netz verbinden, in dem die Telefone sind. Was gesichert ist, bleibt sicher.',
    failed: 'Im Netz nicht sichtbar',
    failedNext: (reason: string) =>
      `Geräte können weiterhin die Adresse oder den QR-Code verwenden. Meist liegt es an einer Firewall oder an einem anderen Programm auf Port 5353. Gemeldet wurde: „${reason.trim()}“`,
  },
});

/** Whether devices on the network find this Roost by themselves, in plain words. */
export function discoveryWords(state: DiscoveryState): DiscoveryWords {
  switch (state.kind) {
    case 'advertising':
      return {
        tone: 'good',
        title: words.announcedAs(state.name),
        next: words.announcedNext(state.host),
      };
    case 'starting':
      return { tone: 'neutral', title: words.starting, next: words.startingNext };
    case 'off':
      return { tone: 'neutral', title: words.off, next: words.offNext };
    case 'no-network':
      return { tone: 'warn', title: words.noNetwork, next: words.noNetworkNext };
    case 'failed':
      return { tone: 'bad', title: words.failed, next: words.failedNext(state.reason) };
  }
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
