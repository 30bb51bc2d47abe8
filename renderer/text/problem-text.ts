import type { RoostError } from '../../shared/error-catalogue.ts';

/**
 * What the service refused and what to do, in one line for beside a field. Where the value itself is wrong the
 * service's own sentence says it best; the catalogue's next step for that is written for programmers.
 */
export function problemWords(error: RoostError): string {
  const { title, nextStep } = error.facts;
  if (error.code !== 'request/invalid') return `${title} ${nextStep}`;
  return error.message.replace(nextStep, '').trim() || title;
}
