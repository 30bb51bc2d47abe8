import type { RoostError } from '../../shared/error-catalogue.ts';
import { errorWords } from './error-text.ts';
import { serviceSentence } from './service-sentence-text.ts';

/**
 * What the service refused and what to do, in one line for beside a field. Where the value itself is wrong the
 * service's own sentence says it best; the catalogue's next step for that is written for programmers.
 */
export function problemWords(error: RoostError): string {
  const { title, nextStep } = errorWords(error.code);
  const isValueWrong = error.code === 'request/invalid';
  // Which of many things is the matter with a folder only the service can say.
  if (!isValueWrong && error.code !== 'export/folder-unusable') return `${title} ${nextStep}`;
  // The service ends its sentence with the catalogue's next step, in the catalogue's own words.
  const said = error.message.replace(error.facts.nextStep, '').trim();
  const what = said === '' || said === error.facts.title ? title : serviceSentence(said);
  return isValueWrong ? what : `${what} ${nextStep}`;
}
