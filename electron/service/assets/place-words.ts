/** Words for the place of a time zone: coarse, but there without any map. */

const LANGUAGES = ['en', 'de'] as const;

let territories: ReadonlyMap<string, string> | undefined;

/**
 * City and country of an IANA time zone, in the languages of the window: `Europe/Zurich` is
 * `Zurich Switzerland Schweiz`. Zones at sea have no place.
 */
export function placeWords(zone: string): string {
  const parts = zone.split('/');
  const city = parts.at(-1)?.replaceAll('_', ' ') ?? '';
  if (parts.length === 1 || parts[0] === 'Etc') return '';
  territories ??= territoriesByZone();
  const territory = territories.get(zone) ?? territories.get(canonical(zone));
  const countries = territory === undefined ? [] : countryNames(territory);
  return [...new Set([city, ...countries])].join(' ');
}

function countryNames(territory: string): string[] {
  return LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    return names.of(territory) ?? [];
  });
}

/** Which territory a zone lies in, as this Node's own tables say; made once, which takes a tenth of a second. */
function territoriesByZone(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const first of letters) {
    for (const second of letters) {
      const territory = first + second;
      if (names.of(territory) === undefined) continue;
      for (const zone of zonesOf(territory)) {
        if (!found.has(zone)) found.set(zone, territory);
      }
    }
  }
  return found;
}

function zonesOf(territory: string): readonly string[] {
  const locale: Intl.Locale & { getTimeZones?: () => readonly string[] | undefined } =
    new Intl.Locale(`und-${territory}`);
  return locale.getTimeZones?.() ?? [];
}

/** A zone may have several names; this is the one that Node's tables use. */
function canonical(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    // A zone that this Node does not know yet.
    return zone;
  }
}
