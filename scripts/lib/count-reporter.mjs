import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter that leaves the run's counts in the file named by ROOST_TEST_COUNTS. A file that does not load, a
 * hook that fails, and an error outside every test count as failures: vitest itself reports their tests as skipped.
 */
export default class CountReporter {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} testModules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(testModules, unhandledErrors) {
    const path = process.env['ROOST_TEST_COUNTS'];
    if (path === undefined) return;
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const testModule of testModules) {
      for (const test of testModule.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'failed' : state] += 1;
      }
      const groups = [testModule, ...testModule.children.allSuites()];
      counts.failed += groups.filter((group) => group.errors().length > 0).length;
    }
    writeFileSync(path, JSON.stringify(counts));
  }
}
