import { ERRORS, type ErrorCode } from '../../shared/error-catalogue.ts';
import type { Overview } from '../../shared/window-views.ts';

type LibraryTold = Pick<Overview['library'], 'state' | 'problemCode'>;

/** What keeps photos from being taken, and what is safe and what to do. */
export interface LibraryProblem {
  readonly title: string;
  readonly next: string;
}

/** What the catalogue does not say of a problem: what is safe, or that nothing needs to be done afterwards. */
const AND_THEN: Partial<Record<ErrorCode, string>> = {
  'library/missing': 'What is backed up stays in that folder.',
  'library/in-use': 'Receiving goes on by itself once it is free.',
  'library/not-a-library': 'What is in it is untouched.',
};

/** In the catalogue's words; `undefined` where nothing is wrong, or not for longer than a moment. */
export function libraryProblem({ state, problemCode }: LibraryTold): LibraryProblem | undefined {
  if (state === 'ready' || state === 'opening') return undefined;
  const code = problemCode ?? (state === 'full' ? 'library/disk-full' : 'library/missing');
  const { title, nextStep } = ERRORS[code];
  const andThen = AND_THEN[code];
  return { title, next: andThen === undefined ? nextStep : `${nextStep} ${andThen}` };
}

/** How the library is, in one or a few sentences. */
export function libraryWords(library: LibraryTold): string {
  const problem = libraryProblem(library);
  if (problem) return `${problem.title} ${problem.next}`;
  return library.state === 'ready'
    ? 'Ready'
    : 'Roost is reading what is in the library. Receiving goes on by itself in a moment.';
}
