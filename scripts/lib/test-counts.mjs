/**
 * @typedef {object} TestCounts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * The counts vitest's run comes to. A run that ended badly without a failed test (a crash, a wrong option, no test
 * found) is one failure: the summary must not look green beside a red exit code.
 * @param {TestCounts | undefined} reported what the reporter wrote; undefined when it could not
 * @param {number} exitCode
 * @returns {TestCounts}
 */
export function countRun(reported, exitCode) {
  const counts = reported ?? { passed: 0, failed: 0, skipped: 0 };
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * The last line of a test run.
 * @param {TestCounts} counts
 */
export function summaryLine({ passed, failed, skipped }) {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}
