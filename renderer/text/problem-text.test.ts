import { expect, it } from 'vitest';

import { ERRORS, RoostError } from '../../shared/error-catalogue.ts';
import { errorWords } from './error-text.ts';
import { problemWords } from './problem-text.ts';

it('says what is the matter with a folder that cannot be exported to, and what to do', () => {
  const { title, nextStep } = ERRORS['export/folder-unusable'];
  const told = (detail?: string): string =>
    problemWords(new RoostError('export/folder-unusable', detail));
  expect(told(`Roost may not write there. ${nextStep}`)).toBe(
    `Roost may not write there. ${nextStep}`,
  );
  expect(told()).toBe(`${title} ${nextStep}`);
  expect(problemWords(new RoostError('request/invalid', 'x is not a folder.'))).toBe(
    'x is not a folder.',
  );
});

it('sends nobody who looks at the window to a file of the source', () => {
  const codes = Object.keys(ERRORS) as (keyof typeof ERRORS)[];
  expect(codes.filter((code) => errorWords(code).nextStep.includes('docs/'))).toEqual([]);
});
