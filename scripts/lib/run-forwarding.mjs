import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Taken at the start: npm may be ended before the first program is. */
const firstParent = process.ppid;

/** How soon a command notices that npm was ended and left it behind. */
const ABANDONED_POLL_MS = 500;

/**
 * What to do with a signal that reached this wrapper, so that the program behind it sees every wish to stop exactly
 * once. Ctrl-C in a terminal, and closing the terminal, go to the whole foreground group: the program has it already.
 * npm passes on what it gets itself, so the same signal can come here several times. Windows has no signals to pass
 * on: there `kill` would end the program without letting it clean up.
 * @param {{ signal: NodeJS.Signals, platform: NodeJS.Platform, hasTerminal: boolean, forwarded: ReadonlySet<NodeJS.Signals> }} facts
 * @returns {'forward' | 'ignore'}
 */
export function decideSignal({ signal, platform, hasTerminal, forwarded }) {
  if (platform === 'win32') return 'ignore';
  if (hasTerminal && signal !== 'SIGTERM') return 'ignore';
  return forwarded.has(signal) ? 'ignore' : 'forward';
}

/**
 * The exit code a shell would report for a program that ended this way.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
export function exitCodeOf(code, signal) {
  if (code !== null) return code;
  return signal === null ? 1 : 128 + constants.signals[signal];
}

/**
 * Runs a program in this one's place: same terminal, same signals, same exit code.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} the exit code to pass on
 */
export function runForwarding(file, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: 'inherit',
    });
    const hasTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
    /** @type {Set<NodeJS.Signals>} */
    const forwarded = new Set();
    let heardSignal = false;
    /** @param {NodeJS.Signals} signal */
    const onSignal = (signal) => {
      heardSignal = true;
      const facts = { signal, platform: process.platform, hasTerminal, forwarded };
      if (decideSignal(facts) === 'ignore') return;
      forwarded.add(signal);
      child.kill(signal);
    };
    /** @type {readonly NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, onSignal);
    const stopWatching = watchForAbandonment(() => {
      if (!heardSignal) child.kill('SIGTERM');
    });
    const settle = () => {
      stopWatching();
      for (const signal of signals) process.off(signal, onSignal);
    };
    child.on('error', (error) => {
      settle();
      reject(error);
    });
    child.on('close', (code, signal) => {
      settle();
      resolve(exitCodeOf(code, signal));
    });
  });
}

/**
 * `kill` on npm ends the shell between npm and this process, and nothing tells this process. Its parent changes,
 * though. Only under npm: a command started by hand may well outlive its shell.
 * @param {() => void} onAbandoned
 * @returns {() => void} ends the watch
 */
function watchForAbandonment(onAbandoned) {
  if (process.env['npm_lifecycle_event'] === undefined || process.platform === 'win32') {
    return () => undefined;
  }
  const timer = setInterval(() => {
    if (process.ppid === firstParent) return;
    clearInterval(timer);
    onAbandoned();
  }, ABANDONED_POLL_MS);
  return () => clearInterval(timer);
}
