/**
 * Something the person at the keyboard has to put right before Roost can go on. The message says what to do;
 * it is shown without a stack.
 */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/**
 * Runs a script's main function and ends the process with the exit code it resolves to.
 * A `SetupError` is told in words, everything else with its stack: that is a bug of ours.
 * @param {() => Promise<number>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    tellFailure(error);
    process.exitCode = 1;
  }
}

/** @param {unknown} error */
export function tellFailure(error) {
  const text =
    error instanceof SetupError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`roost: ${text}\n`);
}
