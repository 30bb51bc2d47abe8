import { RoostError } from '../../../../shared/error-catalogue.ts';

/** Why an upload waits, in words that are true of one whose bytes are kept. */
export function pauseReason(error: RoostError): RoostError {
  if (error.code === 'upload/interrupted') return new RoostError('upload/paused');
  if (error.code === 'upload/idle') return new RoostError('upload/paused', error.message);
  return error;
}
