import { expect, it } from 'vitest';

import { ERRORS, isErrorCode, problemOf, RoostError, type ErrorCode } from './error-catalogue.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];

it.each(codes)('has whole sentences and an error status for %s', (code) => {
  const { status, title, nextStep } = ERRORS[code];
  expect(code).toMatch(/^[a-z]+\/[a-z-]+$/);
  expect(title).toMatch(/^[A-Z].*\.$/);
  expect(nextStep).toMatch(/^[A-Z].*\.$/);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(600);
});

it('closes the connection only for conditions that another try can get past', () => {
  const closing = codes.map((code) => new RoostError(code).facts).filter((e) => e.closesUpload);
  expect(closing.filter((e) => e.retry !== 'same' && e.retry !== 'later')).toEqual([]);
});

it('tells the title and the next step of an error without detail', () => {
  const { status, title, nextStep, retry } = ERRORS['upload/empty-body'];
  expect(problemOf(new RoostError('upload/empty-body'))).toEqual({
    type: 'urn:roost:error:upload/empty-body',
    title,
    status,
    detail: nextStep,
    code: 'upload/empty-body',
    retry,
  });
});

it('puts what exactly happened before the next step', () => {
  const error = new RoostError('upload/length-mismatch', '3 bytes arrived instead of 4.');
  expect(problemOf(error).detail).toBe(
    `3 bytes arrived instead of 4. ${ERRORS['upload/length-mismatch'].nextStep}`,
  );
});

it('tells nobody what the cause said', () => {
  const cause = new Error('EACCES: /home/anna/secret');
  const problem = problemOf(new RoostError('library/write-failed', undefined, { cause }));
  expect(JSON.stringify(problem)).not.toContain('anna');
});

it('knows its own codes and not those of objects', () => {
  expect(codes.every(isErrorCode)).toBe(true);
  expect(isErrorCode('toString')).toBe(false);
});
