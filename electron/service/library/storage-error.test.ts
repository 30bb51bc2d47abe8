import { expect, it } from 'vitest';

import { RoostError } from '../../../shared/error-catalogue.ts';

import { UncutLineError } from './line-log.ts';
import { mayStandInJournal, storageError } from './storage-error.ts';

function platformError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

it.each([
  ['ENOSPC', 'library/disk-full'],
  ['EDQUOT', 'library/disk-full'],
  ['ENOENT', 'library/missing'],
  ['ENODEV', 'library/missing'],
  ['EIO', 'library/write-failed'],
  ['EROFS', 'library/write-failed'],
  ['EACCES', 'library/write-failed'],
])('calls %s %s and keeps the cause', (code, expected) => {
  const cause = platformError(code);
  expect(storageError(cause)).toMatchObject({ code: expected, cause });
});

it('leaves an error of the catalogue as it is', () => {
  const error = new RoostError('upload/interrupted');
  expect(storageError(error)).toBe(error);
});

it('sends nobody to look at a disk for a mistake of ours', () => {
  expect(storageError(new TypeError('x')).code).toBe('service/failed');
});

it('remembers that a journal line may stand although its append failed', () => {
  const uncut = storageError(new UncutLineError('x', { cause: platformError('ENOSPC') }));
  expect(uncut.code).toBe('library/disk-full');
  expect(mayStandInJournal(uncut)).toBe(true);
  expect(mayStandInJournal(storageError(platformError('ENOSPC')))).toBe(false);
});
