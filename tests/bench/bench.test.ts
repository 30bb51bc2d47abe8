import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { withFigures } from '../../bench/keep-figures.ts';
import type { RunFigures } from '../../bench/measure-run.ts';
import { previewTables } from '../../bench/preview-table.ts';
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

describe('a quick run', { timeout: 300_000 }, () => {
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

  it('makes tiles with the real decoders, and tells how fast and with how much memory', async () => {
    const { stdout } = await bench('previews', '--quick', '--only', 'roost', '--scenario', 'JPEGs');
    expect(stdout).toMatch(/### 4 JPEGs of 12 megapixels\n[^#]*\| Roost +\| [1-9\d.]+ /);
    expect(stdout).not.toContain('### Uploads');
  });

  it('sends files beside a queue of previews', async () => {
    const { stdout } = await bench('previews', '--quick', '--only', 'roost', '--scenario', 'queue');
    expect(stdout).toMatch(/beside 10 waiting previews\n[^#]*\| 4 connections \| [1-9]\d* /);
    expect(stdout).not.toContain('JPEGs');
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

describe('the tables of previews', () => {
  const made = (perSecond: number, peakMebibytes: number) => ({
    fileCount: 10,
    wallMs: 10_000 / perSecond,
    cpuMs: 500,
    largestPeakByteCount: peakMebibytes * MIB,
  });

  it('compare turns of the same round, and hold the decoder to a gibibyte', () => {
    const result = {
      title: 'Photos',
      titles: ['Roost', 'other 1.0'],
      targets: { other: 1 },
      runs: new Map([
        ['Roost', [made(20, 100), made(30, 1100), made(10, 100)]],
        ['other', [made(10, 50), made(10, 50), made(20, 50)]],
      ]),
    };
    const text = previewTables([result], []);
    expect(text).toContain('Roost; other 1.0.');
    expect(text).toMatch(/\| Roost \| 20\.0 +\| 50 +\| 1100 MiB, above 1 GiB: missed \| – +\| – /);
    expect(text).toMatch(
      /\| other \| 10\.0 .*\| 50 MiB +\| \*\*2\.00\*\* \(0\.50 to 3\.00\) +\| 1\.0 met/,
    );
  });

  it('tell what is left of uploads beside a full queue', () => {
    const queue = { waitingCount: 2_000, connectionCount: 4, full: [run(80)], empty: [run(100)] };
    const text = previewTables([], [queue]);
    expect(text).toContain('beside 2,000 waiting previews');
    expect(text).toMatch(/\| 4 connections \| 100 +\| 80 +\| \*\*0\.80\*\* .*\| 0\.9 missed \|/);
  });
});
