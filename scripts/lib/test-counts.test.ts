import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { runCaptured } from './run-captured.mjs';
import { countRun, summaryLine } from './test-counts.mjs';

const ROOT = join(import.meta.dirname, '..', '..');

describe('countRun', () => {
  it('takes the reported counts of a run that ended as they say', () => {
    const counts = { passed: 3, failed: 0, skipped: 1 };
    expect(countRun(counts, 0)).toEqual(counts);
    expect(countRun({ ...counts, failed: 2 }, 1)).toEqual({ ...counts, failed: 2 });
  });

  it('counts a bad end without a failed test as a failure', () => {
    expect(countRun({ passed: 3, failed: 0, skipped: 0 }, 1).failed).toBe(1);
    expect(countRun(undefined, 134)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('summaryLine', () => {
  it('speaks of skipped tests only when there are some', () => {
    expect(summaryLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(summaryLine({ passed: 12, failed: 1, skipped: 2 })).toBe(
      '12 passed, 1 failed, 2 skipped',
    );
  });
});

describe('the counting reporter', () => {
  it('counts what vitest itself would hide as failures', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roost-counted-'));
    const countsPath = join(folder, 'counts.json');
    try {
      await writeFile(
        join(folder, 'mixed.test.mjs'),
        `it('passes', () => {});
         it('fails', () => { throw new Error('wrong'); });
         it.skip('is skipped', () => {});
         describe('a broken hook', () => {
           beforeAll(() => { throw new Error('no ground'); });
           it('never runs', () => {});
         });`,
      );
      await writeFile(join(folder, 'broken.test.mjs'), `throw new Error('does not load');`);
      const run = await runCaptured(
        process.execPath,
        [
          join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'),
          'run',
          '--globals',
          `--root=${folder}`,
          `--reporter=${join(import.meta.dirname, 'count-reporter.mjs')}`,
        ],
        { cwd: folder, env: { ...process.env, ROOST_TEST_COUNTS: countsPath } },
      );
      expect(run.exitCode, run.output).toBe(1);
      const counts: unknown = JSON.parse(await readFile(countsPath, 'utf8'));
      // Failed: the test, the hook, the file.
      expect(counts).toEqual({ passed: 1, failed: 3, skipped: 2 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
