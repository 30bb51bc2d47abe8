import { describe, expect, it } from 'vitest';

import { ERRORS } from '../../shared/error-catalogue.ts';
import { jobReason } from './job-reason-text.ts';
import { formatRemaining, jobName, jobText } from './job-text.ts';

describe('the reason of a job', () => {
  it('is the catalogue’s sentence and its next step', () => {
    const { title, nextStep } = ERRORS['upload/digest-mismatch'];
    const reason = jobReason({ state: 'failed', errorCode: 'upload/digest-mismatch' });
    expect(reason).toEqual({ what: title, nextStep });
  });

  it('is the exact detail where there is one', () => {
    const reason = jobReason({
      state: 'failed',
      errorCode: 'upload/length-mismatch',
      errorDetail: 'Announced 9 bytes, got 7.',
    });
    expect(reason?.what).toBe('Announced 9 bytes, got 7.');
  });

  it('has a next step also when the service gave none', () => {
    expect(jobReason({ state: 'interrupted' })?.nextStep).toContain('Send it again');
  });

  it('promises nothing of a page that was closed, and nothing of a device that may not send', () => {
    const broken = { state: 'interrupted', errorCode: 'upload/interrupted' } as const;
    const byHand = jobReason({ ...broken, comesBack: 'by-hand' });
    expect(byHand?.nextStep).toContain('Nothing was kept');
    expect(byHand?.nextStep).toContain('pick the file again');
    const paused = { ...broken, errorCode: 'upload/paused', comesBack: 'by-hand' } as const;
    expect(jobReason(paused)?.nextStep).toContain('kept for up to a week');
    expect(jobReason({ ...broken, comesBack: 'never' })?.nextStep).toContain('does not come');
    expect(jobText.stateOf({ ...broken, comesBack: 'never' })).toBe('Did not come');
    expect(jobText.stateOf({ ...broken, comesBack: 'by-hand' })).toBe('Broke off');
    expect(jobText.stateOf(broken)).toBe('Waiting for the device');
  });

  it('is not shown for a job that is safe', () => {
    expect(jobReason({ state: 'stored', errorCode: 'upload/idle' })).toBeUndefined();
  });
});

it.each([
  ['IMG_4711.HEIC', 'IMG_4711.HEIC'],
  ['', 'from-a-script'],
  [' ', 'from-a-script'],
])('calls a job with the file name "%s" %s', (fileName, name) => {
  expect(jobName({ fileName, assetKey: 'from-a-script' })).toBe(name);
});

it('rounds the remaining time so that it does not flicker', () => {
  expect([0, 4_999, 7_000, 50_001, 61_000, 3_599_000, 7_200_000].map(formatRemaining)).toEqual([
    'a few seconds left',
    'a few seconds left',
    'about 10 s left',
    'about 55 s left',
    'about 2 min left',
    'about 1 h left',
    'about 2 h left',
  ]);
});

it('does not call safe what was thrown away or is damaged by now', () => {
  const ended = { state: 'stored' as const };
  expect(jobText.stateOf({ ...ended, now: 'given-up' })).toBe('Deleted for good');
  expect(jobText.stateMeaning({ ...ended, now: 'damaged' })).toContain('not as it was any more');
  expect(jobText.stateMeaning(ended)).toBe('The original is in the library, bit for bit.');
});
