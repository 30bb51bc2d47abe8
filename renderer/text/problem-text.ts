import type { RoostError } from '../../shared/error-catalogue.ts';
import { errorWords } from './error-text.ts';
import { serviceSentence } from './service-sentence-text.ts';

/**
 * What the service refused and what to do, in one line for beside a field. Where the value itself is wrong the
 * service's own sentence says it best; the catalogue's next step for that is written for programmers.
 */
export function problemWords(error: RoostError): string {
  const { title, nextStep } = errorWords(error.code);
  if (error.code !== 'request/invalid') return `${title} ${nextStep}`;
  // The service ends its sentence with the catalogue's next step, in the catalogue's own words.
  return serviceSentence(error.message.replace(error.facts.nextStep, '').trim()) || title;
}
