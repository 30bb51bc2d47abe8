import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { DurableFolders } from './durable-folders.ts';

it('makes a folder with its parents and every entry on the way durable', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  const folders = new DurableFolders(files, temp.path);
  const made = await folders.ensure('Phone/2026/2026-11');
  expect(made).toBe(join(temp.path, 'Phone', '2026', '2026-11'));
  expect((await stat(made)).isDirectory()).toBe(true);
  expect(files.operations.filter((each) => each.startsWith('syncFolder'))).toEqual(
    [temp.path, join(temp.path, 'Phone'), join(temp.path, 'Phone', '2026')].map(
      (folder) => `syncFolder ${folder}`,
    ),
  );
});

it('syncs a folder that is known no second time', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  const folders = new DurableFolders(files, temp.path);
  await Promise.all([folders.ensure('a/b'), folders.ensure('a/b')]);
  await folders.ensure('a/b');
  expect(files.operations.filter((each) => each.startsWith('syncFolder')).length).toBeLessThan(5);
});

it('lets nobody go on in a new folder before its entry is durable', async () => {
  await using temp = await tempFolder();
  const files = new SlowSync();
  const folders = new DurableFolders(files, temp.path);
  const first = folders.ensure('a');
  await files.syncBegan;
  let isSecondDone = false;
  const second = folders.ensure('a').then(() => (isSecondDone = true));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(isSecondDone).toBe(false);
  files.finishSync();
  await Promise.all([first, second]);
});

it('syncs the entry of a folder that someone else left there, or whose sync failed', async () => {
  await using temp = await tempFolder();
  await mkdir(join(temp.path, 'a'));
  const files = new FaultyFileSystem({ at: 2, code: 'EIO' });
  const folders = new DurableFolders(files, temp.path);
  await expect(folders.ensure('a')).rejects.toMatchObject({ code: 'EIO' });
  await folders.ensure('a');
  expect(files.operations.filter((each) => each.startsWith('syncFolder'))).toHaveLength(2);
});

it('makes a folder again that was removed', async () => {
  await using temp = await tempFolder();
  const folders = new DurableFolders(new FaultyFileSystem(), temp.path);
  const made = await folders.ensure('a/b');
  await rm(join(temp.path, 'a'), { recursive: true });
  await folders.ensure('a/b');
  expect((await stat(made)).isDirectory()).toBe(true);
});

it('fails where a file stands in the way', async () => {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, 'a'), '');
  const folders = new DurableFolders(new FaultyFileSystem(), temp.path);
  await expect(folders.ensure('a/b')).rejects.toMatchObject({ code: 'ENOTDIR' });
});

it('looks once at a folder that is known to be durable', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  const folders = new DurableFolders(files, temp.path);
  const made = await folders.ensure('Phone/2026/2026-11');
  const before = files.operations.length;
  await folders.ensure('Phone/2026/2026-11');
  expect(files.operations.slice(before)).toEqual([`mkdir ${made}`]);
});

it('shares a sync between entries that wait, and never one that had begun before the entry', async () => {
  await using temp = await tempFolder();
  const files = new SlowSync();
  const folders = new DurableFolders(files, temp.path);
  const first = folders.sync(temp.path);
  await files.syncBegan;
  const others = [folders.sync(temp.path), folders.sync(temp.path), folders.sync(temp.path)];
  expect(files.beganCount).toBe(1);
  files.finishSync();
  await Promise.all([first, ...others]);
  expect(files.beganCount).toBe(2);
  await folders.sync(temp.path);
  expect(files.beganCount).toBe(3);
});

it('tells a failed sync to those who shared it alone', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem({ at: 1, code: 'EIO' });
  const folders = new DurableFolders(files, temp.path);
  const [first, second] = [folders.sync(temp.path), folders.sync(temp.path)];
  await expect(first).rejects.toMatchObject({ code: 'EIO' });
  await expect(second).resolves.toBeUndefined();
});

/** Syncs of folders wait until the test lets them go on. */
class SlowSync extends FaultyFileSystem {
  readonly #began = Promise.withResolvers<undefined>();
  readonly #finish = Promise.withResolvers<undefined>();
  readonly syncBegan = this.#began.promise;

  finishSync(): void {
    this.#finish.resolve(undefined);
  }

  beganCount = 0;

  override async syncFolder(path: string): Promise<void> {
    this.beganCount += 1;
    this.#began.resolve(undefined);
    await this.#finish.promise;
    await super.syncFolder(path);
  }
}
