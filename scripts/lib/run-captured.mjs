import { spawn } from 'node:child_process';

/** More output than this is never read by a person: the head is dropped, the tail has the error. */
const KEPT_CHARACTERS = 200_000;

/**
 * @typedef {object} CapturedRun
 * @property {number} exitCode 128 plus the signal's place is not worked out: a killed program counts as 1.
 * @property {string} output Standard output and standard error, in the order they came.
 * @property {boolean} timedOut
 */

/**
 * Runs a program to its end without showing what it says. Never rejects: a program that cannot be started at all is
 * a run with exit code 127 whose output is the reason.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, timeLimitMs?: number }} options
 * @returns {Promise<CapturedRun>}
 */
export function runCaptured(file, args, options) {
  return new Promise((resolve) => {
    // Colours are for terminals: what is kept here may end up in a log.
    /** @type {NodeJS.ProcessEnv} */
    const env = { ...(options.env ?? process.env), NO_COLOR: '1' };
    delete env['FORCE_COLOR'];
    const child = spawn(file, args, {
      cwd: options.cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let output = '';
    let timedOut = false;
    /** @param {string} text */
    const keep = (text) => {
      output = (output + text).slice(-KEPT_CHARACTERS);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);

    const timer =
      options.timeLimitMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill('SIGKILL');
          }, options.timeLimitMs);

    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ exitCode: 127, output: `${output}${error.message}\n`, timedOut });
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? 1, output, timedOut });
    });
  });
}
