/** Words of pairing, on the devices page and the first page. */
export const pairingText = {
  qrLabel: 'QR code that opens Roost’s page on the phone',
  scan: 'Scan this with the phone’s camera. The phone must be in the same network as this computer.',
  orType: 'Or type this code in an app or program that speaks to Roost',
  codeLabel: 'Pairing code',
  copyCode: 'Copy code',
  validFor: (countdown: string) => `Valid for ${countdown}`,
  expired: 'This code has expired',
  expiredNext: 'Nobody can pair with it any more.',
  newCode: 'Show a new code',
  making: 'Making a code',
  addresses: 'Addresses of this computer',
  address: 'Address of this computer',
  copyAddress: 'Copy address',
  onlyHere:
    'No other device can reach this computer: it has no network address, or Roost was started for this computer only.',
  waiting: 'Waiting for the device',
  paired: (name: string) => `${name} is paired`,
  pairedNext:
    'It can send photos now. You can rename it or take its access away on the devices page.',
} as const;

/** "1234 5678": groups of four are easier to read and to type. */
export function groupCode(code: string): string {
  return /^\d+$/.test(code) ? code.replace(/(\d{4})(?=\d)/g, '$1 ') : code;
}

/** "9:05" until an instant, never below "0:00". */
export function formatCountdown(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
