import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { runCaptured } from './run-captured.mjs';

/** @typedef {import('./static-checks.mjs').StaticCheck} StaticCheck */

/**
 * Runs the checks, a few at a time, and tells each one's outcome as it comes; a failing one with all it said.
 * @param {string} root
 * @param {string} nodePath
 * @param {readonly StaticCheck[]} checks
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runStaticChecks(root, nodePath, checks) {
  const counts = { passed: 0, failed: 0 };
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const startedAt = performance.now();
      const program = join(root, 'node_modules', check.program);
      const run = await runCaptured(nodePath, [program, ...check.args], { cwd: root });
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      if (run.exitCode === 0) {
        counts.passed += 1;
        process.stdout.write(`  ok      ${check.title} (${seconds} s)\n`);
      } else {
        counts.failed += 1;
        process.stdout.write(
          `  FAILED  ${check.title} (${seconds} s)\n${run.output.trimEnd()}\n  -> ${check.advice}\n`,
        );
      }
    }
  };
  // Each takes up to a gigabyte: more than four at once would not be faster on the machines this runs on.
  const workers = Math.min(4, availableParallelism());
  await Promise.all(Array.from({ length: workers }, work));
  return counts;
}
