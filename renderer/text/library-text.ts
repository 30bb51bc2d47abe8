import { ERRORS, type ErrorCode } from '../../shared/error-catalogue.ts';
import type { Overview } from '../../shared/window-views.ts';

type LibraryTold = Pick<Overview['library'], 'state' | 'problemCode'>;

/** What the catalogue does not say of a problem: what is safe, or that nothing needs to be done afterwards. */
const AND_THEN: Partial<Record<ErrorCode, string>> = {
  'library/missing': 'What is backed up stays in that folder.',
  'library/in-use': 'Receiving goes on by itself once it is free.',
  'library/not-a-library': 'What is in it is untouched.',
};

/** How the library is, what is safe and what to do, in the catalogue's words where something is wrong. */
export function libraryWords({ state, problemCode }: LibraryTold): string {
  if (state === 'ready') return 'Ready';
  if (state === 'opening') {
    return 'Roost is reading what is in the library. Receiving goes on by itself in a moment.';
  }
  const code = problemCode ?? 'library/missing';
  const { title, nextStep } = ERRORS[code];
  return [title, nextStep, AND_THEN[code]].filter((each) => each !== undefined).join(' ');
}
