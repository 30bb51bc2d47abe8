import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { LogFile } from './log-file.ts';
import { createServiceLog } from './service-log.ts';

it('appends lines, also to a file that is there', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'a.log');
  const first = new LogFile(path, 1000);
  first.write('one\n');
  first.close();
  new LogFile(path, 1000).write('two\n');
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
});

it('keeps at most two files of the allowed size', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'a.log');
  const log = new LogFile(path, 100);
  for (let line = 0; line < 1000; line++) log.write(`${'x'.repeat(19)}\n`);
  log.write('last\n');
  log.close();
  expect((await stat(path)).size).toBeLessThanOrEqual(120);
  expect((await stat(`${path}.old`)).size).toBeLessThanOrEqual(120);
  expect(await readFile(path, 'utf8')).toContain('last');
});

it('throws nothing where nothing can be written', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'folder-in-the-way');
  await mkdir(path);
  const log = new LogFile(path, 100);
  expect(() => log.write('lost\n')).not.toThrow();
  log.close();
});

it.runIf(existsSync('/dev/full'))('throws nothing on a full disk', () => {
  const log = new LogFile('/dev/full', 100);
  expect(() => log.write('lost\n')).not.toThrow();
  log.close();
});

it('takes the lines of the service’s log', async () => {
  await using temp = await tempFolder();
  createServiceLog({ dataFolder: temp.path }).info(
    { token: 'x', nested: { token: 'secret' } },
    'hello',
  );
  const text = await readFile(join(temp.path, 'logs', 'roost.log'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ msg: 'hello' });
  expect(text).not.toContain('secret');
});
