import { renderUnicodeCompact } from 'uqr';

import type { PairingView } from '../../shared/window-views.ts';
import { printLine, type CliContext } from './cli-context.ts';

/** What a person needs to pair a device: QR code, address, code, and until when it holds. */
export function printPairing(pairing: PairingView, context: CliContext): void {
  const { stdout } = context;
  printLine(stdout, qrText(pairing.url, stdout.isTTY));
  printLine(stdout);
  printLine(stdout, `Scan it with the phone's camera, or open ${pairing.url}`);
  printLine(stdout, `Code: ${pairing.code} (until ${clockTime(pairing.expiresAt)})`);
}

/**
 * A QR code of block characters. In a terminal the colours are set, because a code whose dark and light are
 * swapped by a light theme is not read by every camera.
 */
export function qrText(text: string, coloured: boolean): string {
  const lines = renderUnicodeCompact(text, { border: 2 }).split('\n');
  const whiteOnBlack = '\u001b[38;5;231;48;5;16m';
  return lines.map((line) => (coloured ? `${whiteOnBlack}${line}\u001b[0m` : line)).join('\n');
}

function clockTime(instant: number): string {
  return new Date(instant).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
