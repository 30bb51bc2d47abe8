import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..');
const notices = readFileSync(join(root, 'resources/legal/THIRD-PARTY-NOTICES.md'), 'utf8');

function importedByTheWindow(): string[] {
  const files = readdirSync(join(root, 'renderer'), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
  const names = sources.flatMap((file) => {
    const text = readFileSync(join(root, 'renderer', file), 'utf8');
    return [...text.matchAll(/(?:from|import) '((?:@[\w-]+\/)?[\w-]+)[^']*'/g)].map(
      ([, name]) => name!,
    );
  });
  return [...new Set(names)];
}

describe('the third-party notices', () => {
  it('are what package-lock.json says they should be', async () => {
    const check = run(process.execPath, [join(root, 'scripts/make-notices.mjs'), '--check']);
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });

  it('name every package the pages of the window are built from', () => {
    const imported = importedByTheWindow();
    expect(imported).toContain('react');
    expect(imported.filter((name) => !notices.includes(`\n- ${name} `))).toEqual([]);
  });

  it.each(['FFmpeg', 'libheif', 'libde265', 'LibRaw', 'libvips', 'SQLite', 'Chromium'])(
    'speak of %s, which is inside another package',
    (name) => expect(notices).toContain(name),
  );
});
