import { ERRORS, type ErrorCode } from '../../shared/error-catalogue.ts';

/** What happened and what to do, in the catalogue's words. */
export function problemText(code: ErrorCode): string {
  const { title, nextStep } = ERRORS[code];
  return `${title} ${nextStep}`;
}
