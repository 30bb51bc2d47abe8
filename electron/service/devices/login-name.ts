import { foldText } from '../../../shared/search-text.ts';

const DOMAIN = 'roost.home.arpa';
const LONGEST_STEM = 40;

/**
 * A name to log in by for a device of that name, none of those taken. Apps want the form of an address; nothing is
 * ever sent to it: `.home.arpa` is nobody's (RFC 8375).
 */
export function freeLoginName(deviceName: string, taken: ReadonlySet<string>): string {
  const plain = foldText(deviceName)
    .replace(/[\p{M}'’]/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST_STEM)
    .replace(/-+$/, '');
  const stem = plain === '' ? 'phone' : plain;
  for (let number = 1; ; number++) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}@${DOMAIN}`;
    if (!taken.has(name)) return name;
  }
}
