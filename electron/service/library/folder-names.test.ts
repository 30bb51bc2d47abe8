import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { nodeFileSystem } from './file-system.ts';
import { foldName, FolderNames } from './folder-names.ts';

it('numbers a name that stands in the folder in another case or Unicode form', async () => {
  await using temp = await tempFolder();
  await writeFile(join(temp.path, 'img_1.heic'), '');
  await writeFile(join(temp.path, 'Cafe\u0301.jpg'), '');
  const names = new FolderNames(nodeFileSystem);
  expect(await names.reserve(temp.path, 'IMG_1.HEIC')).toBe('IMG_1 (2).HEIC');
  expect(await names.reserve(temp.path, 'IMG_1.HEIC')).toBe('IMG_1 (3).HEIC');
  expect(await names.reserve(temp.path, 'café.jpg')).toBe('café (2).jpg');
  expect(await names.reserve(temp.path, 'IMG_2.HEIC')).toBe('IMG_2.HEIC');
});

it('never gives one name to two at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('a.jpg', 'A.JPG', 'a (2).jpg', 'é', 'e\u0301', 'a'), {
        maxLength: 30,
      }),
      async (wanted) => {
        await using temp = await tempFolder();
        const names = new FolderNames(nodeFileSystem);
        const given = await Promise.all(wanted.map((name) => names.reserve(temp.path, name)));
        expect(new Set(given.map(foldName)).size).toBe(given.length);
      },
    ),
    { numRuns: 30 },
  );
});

it('keeps a name reserved when the folder is read anew or forgotten for others', async () => {
  await using temp = await tempFolder();
  const names = new FolderNames(nodeFileSystem);
  expect(await names.reserve(temp.path, 'a.jpg')).toBe('a.jpg');
  names.forget(temp.path);
  expect(await names.reserve(temp.path, 'a.jpg')).toBe('a (2).jpg');
  for (let at = 0; at < 40; at++) {
    const other = join(temp.path, String(at));
    await mkdir(other);
    await names.reserve(other, 'x');
  }
  expect(await names.reserve(temp.path, 'a.jpg')).toBe('a (3).jpg');
});

it('gives a released name again and a placed one not', async () => {
  await using temp = await tempFolder();
  const names = new FolderNames(nodeFileSystem);
  names.release(temp.path, await names.reserve(temp.path, 'a.jpg'));
  expect(await names.reserve(temp.path, 'a.jpg')).toBe('a.jpg');
  names.placed(temp.path, 'a.jpg');
  expect(await names.reserve(temp.path, 'a.jpg')).toBe('a (2).jpg');
});

it('leaves out names that may not be used for other reasons', async () => {
  await using temp = await tempFolder();
  const names = new FolderNames(nodeFileSystem);
  const refused = ['a.jpg', 'a (2).jpg'];
  const mayUse = (name: string): boolean => !refused.includes(name);
  expect(await names.reserve(temp.path, 'a.jpg', mayUse)).toBe('a (3).jpg');
});

it('takes a folder that is not there for an empty one, and tells a disk that fails', async () => {
  await using temp = await tempFolder();
  const names = new FolderNames(nodeFileSystem);
  expect(await names.reserve(join(temp.path, 'new'), 'a.jpg')).toBe('a.jpg');
  const failing = new FolderNames(new FaultyFileSystem({ at: 1, code: 'EIO' }));
  await expect(failing.reserve(temp.path, 'a.jpg')).rejects.toMatchObject({ code: 'EIO' });
  expect(await failing.reserve(temp.path, 'a.jpg')).toBe('a.jpg');
});

it('looks at a folder once, and at few names for the ten-thousandth image.jpg', async () => {
  await using temp = await tempFolder();
  const files = new FaultyFileSystem();
  const names = new FolderNames(files);
  let asked = 0;
  const mayUse = (): boolean => {
    asked += 1;
    return true;
  };
  for (let at = 1; at <= 10_000; at++) {
    const name = await names.reserve(temp.path, 'image.jpg', mayUse);
    if (at === 10_000) expect(name).toBe('image (10000).jpg');
  }
  expect(asked).toBe(10_000);
  expect(files.operations).toEqual([`readdir ${temp.path}`]);
});
