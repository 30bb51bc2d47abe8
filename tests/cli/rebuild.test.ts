import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { runCli } from '../../electron/cli/run-cli.ts';
import { openCore, upload } from '../support/core-lab.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { FakeTerminal } from './support/fake-terminal.ts';

it('says that lines of the journal are damaged, and does not call that done', async () => {
  await using temp = await tempFolder();
  const core = await openCore({ folder: temp.path });
  await core.ingest.receive(upload('photo 1', { assetKey: '1' }));
  await core.ingest.receive(upload('photo 2', { assetKey: '2' }));
  await core[Symbol.asyncDispose]();
  const rebuild = async (...more: string[]) => {
    const terminal = new FakeTerminal(temp.path);
    const folders = ['--library', core.libraryFolder, '--data', temp.path];
    const code = await runCli(['rebuild', ...folders, ...more], terminal);
    return { code, terminal };
  };
  const sound = await rebuild();
  expect(sound.code).toBe(0);
  expect(sound.terminal.stderr.text).not.toContain('damaged');

  const journal = join(core.library.layout.journalFolder, '2026-11.jsonl');
  const text = await readFile(journal, 'utf8');
  await writeFile(journal, text.replace('IMG_1.HEIC', 'IMG_X.HEIC'));
  const plain = await rebuild();
  expect(plain.code).toBe(1);
  expect(plain.terminal.stdout.text).toContain('1 file');
  expect(plain.terminal.stderr.text).toContain('1 damaged line');
  const asJson = await rebuild('--json');
  expect(asJson.code).toBe(1);
  expect(asJson.terminal.stdout.json).toMatchObject([{ damagedLineCount: 1, resourceCount: 1 }]);
});
