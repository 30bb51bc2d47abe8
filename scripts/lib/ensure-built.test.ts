import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isBuilt } from './ensure-built.mjs';
import { hashSources } from './source-hash.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'roost-built-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content = ''): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

describe('hashSources', () => {
  const hash = () => hashSources(root, ['electron', 'lock.json', 'not-there']);

  beforeEach(async () => {
    await write('electron/main/main.ts', 'main');
    await write('electron/cli/cli.ts', 'cli');
    await write('lock.json', '{}');
  });

  it('stays the same when only times change', async () => {
    const before = hash();
    await utimes(join(root, 'electron/main/main.ts'), 1, 1);
    expect(hash()).toBe(before);
  });

  it.each([
    ['a file changes', () => write('electron/main/main.ts', 'other')],
    ['a file comes', () => write('electron/main/tray.ts', 'tray')],
    ['a file goes', () => rm(join(root, 'electron/cli/cli.ts'))],
    ['the lock file changes', () => write('lock.json', '{ }')],
    [
      'a file moves',
      () => rename(join(root, 'electron/cli/cli.ts'), join(root, 'electron/cli/command.ts')),
    ],
    [
      'bytes move from one file to the next',
      async () => {
        await write('electron/cli/cli.ts', 'clim');
        await write('electron/main/main.ts', 'ain');
      },
    ],
  ])('changes when %s', async (_, change) => {
    const before = hash();
    await change();
    expect(hash()).not.toBe(before);
  });

  it('does not mind tests, which are not built', async () => {
    const before = hash();
    await write('electron/main/main.test.ts', 'test');
    expect(hash()).toBe(before);
  });
});

describe('isBuilt', () => {
  beforeEach(async () => {
    await write('out/main/main.js');
    await write('out/main/cli.js');
    await write('out/renderer/index.html');
    await write('out/built-from.txt', 'aa\n');
  });

  it('is true for what was built from these very sources', () => {
    expect(isBuilt(root, 'aa')).toBe(true);
    expect(isBuilt(root, 'bb')).toBe(false);
  });

  it('is false when a part of the output is gone, or the build did not reach its end', async () => {
    await rm(join(root, 'out/main/cli.js'));
    expect(isBuilt(root, 'aa')).toBe(false);
    await write('out/main/cli.js');
    await rm(join(root, 'out/built-from.txt'));
    expect(isBuilt(root, 'aa')).toBe(false);
  });
});
