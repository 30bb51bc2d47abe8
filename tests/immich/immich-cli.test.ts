import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { sha256Of } from '../support/fake-phone.ts';
import { RoostProcess, type RoostFolders } from '../support/roost-process.ts';
import { sampleJpeg } from '../support/sample-photos.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { WindowCaller } from '../support/window-caller.ts';

import { LOGIN_COMMANDS, runImmich } from './support/immich-cli.ts';

const MEDIA = join(import.meta.dirname, '../../../shared/media');
const hasMedia = existsSync(MEDIA);
if (!hasMedia) {
  process.stdout.write(
    'Immich’s command line sent NO real phone media: the folder ../shared/media is not there.\n',
  );
}

describe.each([3, 2] as const)('the command line tool of Immich %i, unmodified', (major) => {
  it('logs in with the key, uploads a folder, and sends nothing the second time', async () => {
    await using temp = await tempFolder();
    const folders: RoostFolders = {
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    };
    await using roost = await RoostProcess.start(folders);
    const { token } = await roost.pair('Camera folder');
    const photos = join(temp.path, 'photos');
    await mkdir(photos);
    for (let at = 0; at < 3; at++) {
      await writeFile(join(photos, `IMG_000${at}.JPG`), await sampleJpeg({ width: 100 + at }));
    }
    if (hasMedia) await cp(MEDIA, join(photos, 'real'), { recursive: true });
    const config = join(temp.path, 'config');

    const login = await runImmich(major, config, [LOGIN_COMMANDS[major], roost.lanUrl, token]);
    expect(login, login.output).toMatchObject({ exitCode: 0 });
    const first = await runImmich(major, config, ['upload', '--recursive', photos]);
    expect(first, first.output).toMatchObject({ exitCode: 0 });
    const sent = Number(/Successfully uploaded (\d+)(?: new)? asset/.exec(first.output)?.[1]);

    const types = await mediaTypes(roost.lanUrl);
    const all = [...(await hashesBelow(photos))];
    const isMedia = ([, name]: [string, string]): boolean => types.includes(endingOf(name));
    const media = all.filter(isMedia);
    const stored = await hashesBelow(folders.libraryFolder);
    expect(stored.size).toBe(sent);
    expect([...stored.keys()].toSorted()).toEqual(media.map(([hash]) => hash).toSorted());
    // The tool sends what Immich calls media: the recipes of edits stay behind.
    const leftBehind = all.filter((each) => !isMedia(each)).map(([, name]) => endingOf(name));
    expect(leftBehind.toSorted()).toEqual(hasMedia ? ['.aae', '.md', '.plist'] : []);

    const window = new WindowCaller(roost.windowUrl);
    const before = await window.call('jobs.list', {});
    const second = await runImmich(major, config, ['upload', '--recursive', photos]);
    expect(second.output).toContain('All assets were already uploaded, nothing to do.');
    expect((await window.call('jobs.list', {})).jobs).toEqual(before.jobs);
    const info = await runImmich(major, config, ['server-info']);
    expect(info.output).toContain(`Total: ${sent}`);
  }, 120_000);
});

/** Endings of the names of photos and videos, as the tool asks for them. */
async function mediaTypes(lanUrl: string): Promise<string[]> {
  const response = await fetch(`${lanUrl}/api/server/media-types`);
  const { image, video } = (await response.json()) as Record<'image' | 'video', string[]>;
  return [...image, ...video];
}

function endingOf(name: string): string {
  return extname(name).toLowerCase();
}

/** Names of the files below a folder, without Roost's own, by their SHA-256. */
async function hashesBelow(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const hashes = new Map<string, string>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes('.roost') || entry.name === 'SHA256SUMS') continue;
    hashes.set(sha256Of(await readFile(path)), basename(path));
  }
  return hashes;
}
