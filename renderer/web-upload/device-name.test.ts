import { expect, it } from 'vitest';

import { proposedDeviceName } from './device-name.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1';
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15';
const android = (details: string) =>
  `Mozilla/5.0 (Linux; ${details}) AppleWebKit/537.36 Chrome/140.0.0.0`;

it.each([
  ['an iPhone', IPHONE, 5, 'iPhone'],
  ['an iPad that calls itself a Mac', MAC, 5, 'iPad'],
  ['a Mac', MAC, 0, 'Mac'],
  ['a phone that tells its model', `${android('Android 14; Pixel 8')} Mobile`, 5, 'Pixel 8'],
  ['a model with its build', `${android('Android 9; SM-G960F Build/PPR1')} Mobile`, 5, 'SM-G960F'],
  ['a phone that hides its model', `${android('Android 10; K')} Mobile`, 5, 'Android phone'],
  ['a tablet that hides its model', android('Android 10; K'), 5, 'Android tablet'],
  ['Windows', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)', 0, 'Windows PC'],
  ['Linux', 'Mozilla/5.0 (X11; Linux x86_64)', 0, 'Linux computer'],
  ['anything else', '', 0, 'Browser'],
])('proposes a name for %s', (_, userAgent, maxTouchPoints, name) => {
  expect(proposedDeviceName({ userAgent, maxTouchPoints })).toBe(name);
});
