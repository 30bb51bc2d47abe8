import { expect, it } from 'vitest';

import { settingsChangeSchema, settingsSchema } from './settings.ts';

const least = { name: 'Attic', libraryFolder: '/photos' };

it('needs a name and a folder and fills in the rest', () => {
  expect(settingsSchema.parse(least)).toEqual({
    ...least,
    lanPort: 7678,
    folderTemplate: '{device}/{year}/{year}-{month}/{name}',
    announce: true,
    reservedFreeByteCount: 512 * 1024 ** 2,
    scrubEveryDays: 30,
    emptyTrashAfterDays: 30,
    quietAfterDays: 7,
    quietAfterDaysOf: {},
    verifiedWithinDays: 30,
    startAtLogin: false,
  });
});

it.each([
  { name: '   ' },
  { name: 'x'.repeat(64) },
  { libraryFolder: '' },
  { lanPort: 0 },
  { lanPort: 65_536 },
  { lanPort: 80.5 },
  { reservedFreeByteCount: -1 },
  { scrubEveryDays: -1 },
  { scrubEveryDays: 3651 },
  { announce: 'yes' },
])('refuses %j', (change) => {
  expect(settingsSchema.safeParse({ ...least, ...change }).success).toBe(false);
  expect(settingsChangeSchema.safeParse(change).success).toBe(false);
});

it('changes nothing that a change does not name', () => {
  expect(settingsChangeSchema.parse({ name: ' Cellar ' })).toEqual({ name: 'Cellar' });
});
