import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { runForwarding } from './run-forwarding.mjs';
import { countRun } from './test-counts.mjs';

/** @typedef {import('./test-counts.mjs').TestCounts} TestCounts */

/**
 * Runs vitest once and counts its tests.
 * @param {string} root
 * @param {string} nodePath
 * @param {readonly string[]} args for vitest: file name parts, options
 * @param {string | undefined} browserPath the browser the tests drive
 * @returns {Promise<TestCounts>}
 */
export async function runVitest(root, nodePath, args, browserPath) {
  const folder = mkdtempSync(join(tmpdir(), 'roost-test-'));
  const countsPath = join(folder, 'counts.json');
  try {
    const exitCode = await runForwarding(
      nodePath,
      [
        join(root, 'node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        `--reporter=${join(root, 'scripts', 'lib', 'count-reporter.mjs')}`,
        ...args,
      ],
      {
        cwd: root,
        env: {
          ...process.env,
          ROOST_TEST_COUNTS: countsPath,
          ...(browserPath === undefined ? {} : { ROOST_BROWSER: browserPath }),
          // A test that starts `node` by name gets the one Roost runs on.
          PATH: [dirname(nodePath), process.env['PATH']].join(delimiter),
        },
      },
    );
    return countRun(readCounts(countsPath), exitCode);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} path
 * @returns {TestCounts | undefined}
 */
function readCounts(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
