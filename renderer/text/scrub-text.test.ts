import { describe, expect, it } from 'vitest';

import type { FindingView, ScrubActivity, ScrubStatus } from '../../shared/scrub-view.ts';
import {
  activityWords,
  adviceWords,
  damageNotice,
  everyDaysChoices,
  findingWords,
  roundFraction,
  roundWords,
  scrubText,
} from './scrub-text.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

function status(change: Partial<ScrubStatus> = {}): ScrubStatus {
  return {
    activity: { kind: 'done' },
    everyDays: 30,
    sinceAt: 0,
    originalCount: 3,
    originalByteCount: 100,
    readCount: 1,
    readByteCount: 40,
    unreadCount: 2,
    damagedCount: 0,
    missingCount: 0,
    replacedCount: 0,
    findingsRevision: 0,
    ...change,
  };
}

function finding(change: Partial<FindingView>): FindingView {
  return {
    receiptId: crypto.randomUUID(),
    assetId: crypto.randomUUID(),
    fileName: 'a',
    absolutePath: '/a',
    deviceId: crypto.randomUUID(),
    deviceName: 'My iPhone',
    resourceType: 'photo',
    byteCount: 1234,
    sha256: '',
    kind: 'changed',
    foundAt: 0,
    readAt: 0,
    isChecking: false,
    ...change,
  };
}

describe('what goes on', () => {
  const words = (activity: ScrubActivity, change: Partial<ScrubStatus> = {}): string =>
    activityWords(status({ activity, ...change }), NOW);

  it('does not call nothing due beside what is unchecked without saying why', () => {
    const done = { kind: 'done', nextAt: NOW + 28 * 86_400_000 } as const;
    expect(words(done, { unreadCount: 0 })).toMatch(/^Nothing is due\./);
    expect(words(done, { unreadCount: 1 })).toMatch(/^What is unchecked is new and not due yet\./);
  });

  it('never counts past the last original', () => {
    const reading = { kind: 'reading', path: 'x/a.HEIC', byteCount: 1, readByteCount: 0 } as const;
    expect(words(reading)).toBe('Reading 2 of 3: a.HEIC');
    expect(words(reading, { readCount: 3 })).toBe('Reading 3 of 3: a.HEIC');
  });

  it('says until when it rests', () => {
    const resting = { kind: 'resting', untilAt: NOW + 40 * 60_000 } as const;
    expect(words(resting)).toBe('Resting, goes on in 40 minutes');
    expect(words(resting, { askedAt: NOW })).toBe('Resting for a moment');
    expect(words({ kind: 'resting', untilAt: NOW })).toBe('About to go on');
  });

  it('says when the next original is due', () => {
    expect(words({ kind: 'done' }, { originalCount: 0 })).toBe('Nothing to check');
    // Originals that came a moment ago are looked at soon.
    expect(words({ kind: 'done' })).toBe('About to begin');
    expect(words({ kind: 'done', nextAt: NOW + 3 * 86_400_000 })).toContain('in 3 days');
  });
});

describe('how far it has come', () => {
  it('counts what was asked for by itself, and else what the interval asks for', () => {
    expect(roundWords(status({ askedAt: NOW }))).toBe('1 of 3 originals since you asked');
    expect(roundWords(status())).toBe('1 of 3 originals within the last 30 days');
    expect(roundWords(status({ everyDays: 1 }))).toBe('1 of 3 originals within the last 1 day');
    expect(roundWords(status({ everyDays: 0 }))).toBe('1 of 3 originals');
  });

  it('goes by bytes, with the part of the file in work, and never past the end', () => {
    expect(roundFraction(status())).toBe(0.4);
    const reading = (readByteCount: number): Partial<ScrubStatus> => ({
      activity: { kind: 'reading', path: 'a', byteCount: 90, readByteCount },
    });
    expect(roundFraction(status(reading(10)))).toBe(0.5);
    expect(roundFraction(status(reading(90)))).toBe(1);
    expect(roundFraction(status({ originalByteCount: 0 }))).toBe(0);
  });
});

it('tells of damage in one sentence, and of nothing where there is none', () => {
  expect(damageNotice({ damagedCount: 0, missingCount: 0 })).toBeUndefined();
  expect(damageNotice({ damagedCount: 1, missingCount: 0 })).toMatch(/^1 damaged original\. /);
  expect(damageNotice({ damagedCount: 2, missingCount: 1 })).toMatch(
    /^2 damaged and 1 missing originals\. /,
  );
});

it('says what is the matter with a file, and what can be done about it', () => {
  expect(findingWords(finding({ kind: 'wrong-length', foundByteCount: 5 }))).toBe(
    'The file has 5 bytes instead of 1,234.',
  );
  expect(findingWords(finding({ kind: 'unreadable', readError: 'EACCES' }))).toBe(
    'Roost may not read the file.',
  );
  expect(findingWords(finding({ kind: 'unreadable', readError: 'EIO' }))).toContain('EIO');
  expect(adviceWords(finding({}))).toContain('My iPhone');
  expect(adviceWords(finding({ kind: 'missing' }))).not.toContain('beside this file');
});

it('offers an interval that was set otherwise beside the usual ones', () => {
  expect(everyDaysChoices(30)).not.toContain(31);
  expect(everyDaysChoices(31)).toEqual([31, 7, 30, 90, 365, 0]);
  expect(scrubText.everyDays(31)).toBe('Every 31 days');
});
