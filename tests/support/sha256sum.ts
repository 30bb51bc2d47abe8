import { spawn, spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { expect } from 'vitest';

import { visibleFiles } from './core-lab.ts';

/** Whether this computer has the program; macOS and Windows mostly have not. */
export const hasSha256sum = spawnSync('sha256sum', ['--version']).status === 0;

/** Runs plain `sha256sum -c SHA256SUMS` in a folder; gives what it said. */
export async function sha256sumCheck(folder: string): Promise<{ status: number; said: string }> {
  const child = spawn('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => (said += text));
  }
  const status = await new Promise<number>((resolve) =>
    child.on('close', (code) => resolve(code ?? -1)),
  );
  return { status, said };
}

/** Every folder with originals has a list that names each of them, and the program finds all of them good. */
export async function expectListed(libraryFolder: string, context?: string): Promise<void> {
  const paths = await visibleFiles(libraryFolder);
  for (const [folder, own] of Map.groupBy(paths, (path) => dirname(path))) {
    const path = join(libraryFolder, ...folder.split('/'));
    expect(await readdir(path), context).toContain('SHA256SUMS');
    if (!hasSha256sum) continue;
    const { status, said } = await sha256sumCheck(path);
    expect(said, context).not.toMatch(/FAILED|WARNING/);
    expect(status, context).toBe(0);
    const good = said.split('\n').filter((line) => line.endsWith(': OK'));
    expect(good.sort(), context).toEqual(own.map((each) => `${basename(each)}: OK`).sort());
  }
}
