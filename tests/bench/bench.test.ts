import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { withFigures } from '../../bench/keep-figures.ts';
import type { RunFigures } from '../../bench/measure-run.ts';
import { median, quantile } from '../../bench/statistics.ts';
import { uploadTables } from '../../bench/upload-table.ts';

const BENCH = join(import.meta.dirname, '../../bench/bench.ts');
const MIB = 1024 * 1024;

async function bench(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [BENCH, ...args]);
}

function run(mebibytesPerSecond: number, more: Partial<RunFigures> = {}): RunFigures {
  const byteCount = 100 * MIB;
  const wallMs = (100 / mebibytesPerSecond) * 1000;
  return { byteCount, wallMs, answerMs: [1, 2, 3], clientCpuMs: 1, onDiskMs: wallMs, ...more };
}

describe('a quick run', () => {
  it('sends files to Roost and tells what came of it, keeping nothing', async () => {
    const { stdout, stderr } = await bench('upload', '--quick', '--only', 'roost');
    for (const title of ['1 GiB file, 1 connection', '2 MiB photos, 8 connections']) {
      expect(stdout).toMatch(new RegExp(`### ${title}\\n[^#]*\\| Roost +\\| [1-9]\\d* `));
    }
    expect(stdout).toMatch(/^Measured on \d+ processors/);
    expect(stderr).not.toContain('README');
  });

  it('fills libraries of two sizes that a service opens and goes on with', async () => {
    const { stdout } = await bench('upload-catalog', '--quick');
    expect(stdout).toMatch(/\| 10 +\| [\d.]+ ms/);
    expect(stdout).toMatch(/\| 1,000 +\| [\d.]+ ms/);
  });

  it('tells memory for two sizes of files', async () => {
    const { stdout } = await bench('upload-memory', '--quick');
    expect(stdout).toMatch(/\| 2 MiB .*\n\| 4 MiB /);
  });
});

it('refuses what is no benchmark with its usage', async () => {
  await expect(bench('download')).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('npm run bench -- upload') as string,
  });
});

it('takes the middle of figures, and the value that a share of them does not exceed', () => {
  expect(median([])).toBeUndefined();
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2);
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(quantile(hundred, 0.99)).toBe(99);
  expect(quantile(hundred, 1)).toBe(100);
});

describe('the tables', () => {
  const results = [
    {
      title: 'Photos',
      targets: { nginx: 1.3 },
      runs: new Map([
        ['Roost', [run(100, { cpuMs: 1048.576 }), run(300), run(90)]],
        ['nginx', [run(50), run(100), run(100)]],
      ]),
    },
    {
      title: 'Resumed',
      targets: {},
      runs: new Map([
        ['Roost', [run(100)]],
        ['nginx', [run(1, { notResumable: 'no 104' })]],
      ]),
    },
  ];

  it('compare turns of the same round and say whether the middle ratio is enough', () => {
    const lines = uploadTables(results).split('\n');
    expect(lines).toContain('| Photos  | **2.00** (0.90 to 3.00) | 1.3 met |');
    const missed = [{ ...results[0]!, targets: { nginx: 2.5 } }];
    expect(uploadTables(missed)).toContain('2.5 missed');
  });

  it('leave blank what a server cannot do or a system does not tell', () => {
    const text = uploadTables(results);
    expect(text).toContain('| Resumed | –                       | –       |');
    const [, resumed = ''] = text.split('### Resumed');
    expect(resumed).toMatch(/\| nginx( \| –\s+){7}\|/);
    expect(text).toMatch(/\| Roost \| 100 .*\| 10\.00 +\| –/);
  });

  it('take the place of the last ones, and leave everything around as it was', () => {
    const document = 'a\n<!-- figures: upload -->\n\nold\n\n<!-- end: upload -->\nb\n';
    const written = withFigures(document, 'upload', 'new\n');
    expect(written).toBe('a\n<!-- figures: upload -->\n\nnew\n\n<!-- end: upload -->\nb\n');
    expect(withFigures(written, 'upload', 'new\n')).toBe(written);
    expect(() => withFigures(document, 'upload-memory', 'x')).toThrow('upload-memory');
  });
});
