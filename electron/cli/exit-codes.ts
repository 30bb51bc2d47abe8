import type { ErrorCode } from '../../shared/error-catalogue.ts';

/** The exit codes of every command, with what they mean; `roost --help` prints this table. */
export const EXIT_CODES = {
  ok: { code: 0, meaning: 'done: everything asked for is so' },
  incomplete: { code: 1, meaning: 'something was not stored, not proven, or went wrong' },
  usage: { code: 2, meaning: 'the command line could not be understood' },
  notRunning: { code: 3, meaning: 'Roost is not running, or cannot be reached' },
  notPaired: { code: 4, meaning: 'not paired, or the token or code was refused' },
  interrupted: { code: 130, meaning: 'stopped by Ctrl-C before it was done' },
} as const;

export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]['code'];

export const EXIT = {
  ok: EXIT_CODES.ok.code,
  incomplete: EXIT_CODES.incomplete.code,
  usage: EXIT_CODES.usage.code,
  notRunning: EXIT_CODES.notRunning.code,
  notPaired: EXIT_CODES.notPaired.code,
  interrupted: EXIT_CODES.interrupted.code,
} as const satisfies Record<keyof typeof EXIT_CODES, ExitCode>;

/** The exit code of a command that ended with an error of the catalogue. */
export function exitCodeOfError(code: ErrorCode): ExitCode {
  if (code === 'service/not-running') return EXIT.notRunning;
  if (code.startsWith('auth/') || code.startsWith('pairing/')) return EXIT.notPaired;
  return EXIT.incomplete;
}
