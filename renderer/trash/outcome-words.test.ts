import { expect, it } from 'vitest';

import { restoredWords, trashedWords } from './outcome-words.ts';

const DONE = { isRunning: false, movedCount: 4, failedCount: 0, skippedCount: 0 };

it('says what was thrown away, with everything that did not go as asked', () => {
  expect(trashedWords(3, DONE)).toBe('3 photos and videos moved to the trash');
  expect(trashedWords('a.jpg', DONE)).toBe('a.jpg is in the trash');
  expect(trashedWords(3, { ...DONE, failedCount: 2 })).toBe(
    '4 files moved to the trash; 2 files are damaged or missing and stayed: see Checking in the settings.',
  );
  expect(trashedWords('a.jpg', { ...DONE, movedCount: 0, failedCount: 1 })).toBe(
    '1 file is damaged or missing and stayed: see Checking in the settings.',
  );
  expect(trashedWords(3, { ...DONE, skippedCount: 1 })).toBe(
    '2 photos and videos moved to the trash. 1 photo or video had been thrown away before.',
  );
  expect(trashedWords('wait...jpg', { ...DONE, skippedCount: 0 })).toBe(
    'wait...jpg is in the trash',
  );
  expect(trashedWords(3, { ...DONE, failedCount: 2, skippedCount: 1 })).toBe(
    '4 files moved to the trash; 2 files are damaged or missing and stayed: see Checking in the settings. ' +
      '1 photo or video had been thrown away before.',
  );
  expect(trashedWords(3, { ...DONE, movedCount: 0, skippedCount: 3 })).toBe(
    '3 photos and videos had been thrown away before.',
  );
});

it('says of many that they only began to move, and back', () => {
  const running = { ...DONE, isRunning: true, movedCount: 0 };
  expect(trashedWords(3, running)).toBe('Moving 3 photos and videos to the trash');
  expect(trashedWords('a.jpg', running)).toBe('Moving a.jpg to the trash');
  expect(restoredWords(3, running)).toBe('Bringing 3 photos and videos back');
  expect(restoredWords('a.jpg', running)).toBe('Bringing a.jpg back');
});

it('says what came back and what did not', () => {
  expect(restoredWords(3, DONE)).toBe('3 photos and videos back where they were');
  expect(restoredWords('a.jpg', DONE)).toBe('a.jpg is back where it was');
  expect(restoredWords(3, { ...DONE, failedCount: 1 })).toBe(
    '4 files back; 1 file is damaged or missing and could not be brought back.',
  );
});
