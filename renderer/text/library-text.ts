import { ERRORS } from '../../shared/error-catalogue.ts';

/** What is wrong with the library, what is safe and what to do, in the catalogue's words. */
export function libraryProblemWords(state: 'missing' | 'full'): string {
  const { title, nextStep } = ERRORS[state === 'full' ? 'library/disk-full' : 'library/missing'];
  const whatIsSafe = state === 'full' ? '' : ' What is backed up stays in that folder.';
  return `${title} ${nextStep}${whatIsSafe}`;
}
