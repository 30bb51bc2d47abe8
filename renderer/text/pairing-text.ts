import { inLanguage } from './language.ts';

/** Words of pairing, on the devices page and the first page. */
export const pairingText = inLanguage({
  en: {
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
  },
  de: {
    qrLabel: 'QR-Code, der Roosts Seite auf dem Telefon öffnet',
    scan: 'Mit der Kamera des Telefons scannen. Das Telefon muss im selben Netz sein wie dieser Computer.',
    orType: 'Oder diesen Code in eine App oder ein Programm eingeben, das mit Roost spricht',
    codeLabel: 'Kopplungscode',
    copyCode: 'Code kopieren',
    validFor: (countdown: string) => `Gültig noch ${countdown}`,
    expired: 'Dieser Code ist abgelaufen',
    expiredNext: 'Damit lässt sich nichts mehr koppeln.',
    newCode: 'Neuen Code anzeigen',
    making: 'Ein Code wird erzeugt',
    addresses: 'Adressen dieses Computers',
    address: 'Adresse dieses Computers',
    copyAddress: 'Adresse kopieren',
    onlyHere:
      'Kein anderes Gerät kann diesen Computer erreichen: Er hat keine Netzadresse, oder Roost wurde nur für diesen Computer gestartet.',
    waiting: 'Wartet auf das Gerät',
    paired: (name: string) => `${name} ist gekoppelt`,
    pairedNext:
      'Es kann jetzt Fotos senden. Umbenennen und Zugang entziehen geht auf der Seite „Geräte“.',
  },
});

/** "1234 5678": groups of four are easier to read and to type. */
export function groupCode(code: string): string {
  return /^\d+$/.test(code) ? code.replace(/(\d{4})(?=\d)/g, '$1 ') : code;
}

/** "9:05" until an instant, never below "0:00". */
export function formatCountdown(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
