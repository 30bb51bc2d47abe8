import { ERRORS, isErrorCode, RoostError } from '../../shared/error-catalogue.ts';

/**
 * The catalogue error in an RFC 9457 answer, or `service/failed` when it is none of ours.
 * The answer's detail ends with the next step; it is taken off, because the CLI prints its own.
 */
export function errorOfProblem(status: number, body: unknown): RoostError {
  const problem = isObject(body) ? body : {};
  const { code, detail } = problem as { code?: unknown; detail?: unknown };
  if (typeof code !== 'string' || !isErrorCode(code)) {
    return new RoostError('service/failed', `Roost answered with status ${status}.`);
  }
  const { nextStep } = ERRORS[code];
  const text = typeof detail === 'string' ? detail.slice(0, 500).replace(nextStep, '').trim() : '';
  return new RoostError(code, text === '' ? undefined : text);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
