import type { ErrorCode } from '../../shared/error-catalogue.ts';
import type { Overview } from '../../shared/window-views.ts';
import { errorWords } from './error-text.ts';
import { inLanguage } from './language.ts';

type LibraryTold = Pick<Overview['library'], 'state' | 'problemCode'>;

/** What keeps photos from being taken, and what is safe and what to do. */
export interface LibraryProblem {
  readonly title: string;
  readonly next: string;
}

const words = inLanguage<{
  /** What the catalogue does not say of a problem: what is safe, or that nothing needs to be done afterwards. */
  readonly andThen: Partial<Record<ErrorCode, string>>;
  readonly ready: string;
  readonly opening: string;
}>({
  en: {
    andThen: {
      'library/missing': 'What is backed up stays in that folder.',
      'library/in-use': 'Receiving goes on by itself once it is free.',
      'library/not-a-library': 'What is in it is untouched.',
    },
    ready: 'Ready',
    opening: 'Roost is reading what is in the library. Receiving goes on by itself in a moment.',
  },
  de: {
    andThen: {
      'library/missing': 'Was gesichert ist, bleibt in diesem Ordner.',
      'library/in-use': 'Der Empfang geht von selbst weiter, sobald sie frei ist.',
      'library/not-a-library': 'Was darin liegt, ist unberührt.',
    },
    ready: 'Bereit',
    opening: 'Roost liest, was in der Bibliothek ist. Der Empfang geht gleich von selbst weiter.',
  },
});

/** In the catalogue's words; `undefined` where nothing is wrong, or not for longer than a moment. */
export function libraryProblem({ state, problemCode }: LibraryTold): LibraryProblem | undefined {
  if (state === 'ready' || state === 'opening') return undefined;
  const code = problemCode ?? (state === 'full' ? 'library/disk-full' : 'library/missing');
  const { title, nextStep } = errorWords(code);
  const andThen = words.andThen[code];
  return { title, next: andThen === undefined ? nextStep : `${nextStep} ${andThen}` };
}

/** How the library is, in one or a few sentences. */
export function libraryWords(library: LibraryTold): string {
  const problem = libraryProblem(library);
  if (problem) return `${problem.title} ${problem.next}`;
  return library.state === 'ready' ? words.ready : words.opening;
}
