import { expect, it } from 'vitest';

import { languageFor } from './language.ts';

it.each([
  [['de-AT', 'en'], 'de'],
  [['fr', 'de-CH', 'en'], 'de'],
  [['en-GB', 'de'], 'en'],
  [['fr', 'it'], 'en'],
  [[], 'en'],
])('for %j the window speaks %s', (asked, language) => {
  expect(languageFor(asked)).toBe(language);
});
