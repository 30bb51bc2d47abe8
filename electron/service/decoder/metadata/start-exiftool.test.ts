import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { mediaMetadataSchema } from '../../../../shared/media-metadata.ts';
import { SeededRandom } from '../../../../tests/support/seeded-random.ts';
import { sampleMovie } from '../sample-media.ts';
import { findExiftool, type FoundExiftool } from './find-exiftool.ts';
import { metadataFromTags } from './metadata-from-tags.ts';
import { type Exiftool, type ExiftoolOptions, startExiftool } from './start-exiftool.ts';

const HAS_EXIFTOOL = (await findExiftool()).ok;
const IS_POSIX = process.platform !== 'win32';

const open: Exiftool[] = [];
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-exiftool-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true });
});

function started(options: ExiftoolOptions = {}): Exiftool {
  const exiftool = startExiftool(options);
  open.push(exiftool);
  return exiftool;
}

async function samplePhoto(name = 'photo é # = "x".jpg'): Promise<string> {
  const path = join(folder, name);
  const image = sharp({ create: { width: 90, height: 60, channels: 3, background: 'teal' } });
  const exif = { IFD0: { Make: 'Canon' }, IFD2: { DateTimeOriginal: '2021:06:05 04:03:02' } };
  await writeFile(path, await image.withExif(exif).jpeg().toBuffer());
  return path;
}

/** A stand-in for exiftool: a Node program that reads the same requests and answers as it was told. */
async function fakeExiftool(answerSource: string): Promise<() => Promise<FoundExiftool>> {
  const script = join(folder, 'fake-exiftool.mjs');
  await writeFile(
    script,
    `import { createInterface } from 'node:readline';
     let args = [];
     const out = (text) => process.stdout.write(text);
     for await (const line of createInterface({ input: process.stdin })) {
       const id = /^-execute(\\d+)$/.exec(line)?.[1];
       if (id === undefined) { args.push(line); continue; }
       const path = args.at(-1);
       args = [];
       if (path === '-ver') out('13.00\\n');
       else { ${answerSource} }
       out('{ready' + id + '}\\n');
     }`,
  );
  const program = { command: process.execPath, args: [script, '--'] };
  return () => Promise.resolve({ ok: true, program });
}

const ANSWERS = `
  if (path.endsWith('crash')) process.kill(process.pid, 'SIGKILL');
  if (path.endsWith('hang')) await new Promise((resolve) => setTimeout(resolve, 1e6));
  if (path.endsWith('flood')) for (let i = 0; i < 40; i += 1) out('x'.repeat(100_000) + '\\n');
  if (path.endsWith('nonsense')) out('[1, 2]\\n');
  else if (path.endsWith('half')) out('[{"A:B": "{rea\\n');
  else out(JSON.stringify([{ 'File:MIMEType': 'image/jpeg' }]) + '\\n');
`;

const GOOD = { ok: true, tags: { 'File:MIMEType': 'image/jpeg' } };

describe('exiftool, stood in for by a program that misbehaves,', () => {
  it.each([
    ['crash', 'reader-ended'],
    ['flood', 'too-much'],
    ['nonsense', 'reader-ended'],
    ['half', 'reader-ended'],
    ['hang', 'took-too-long'],
  ] as const)(
    'costs one answer when a file makes it %s; the next are read',
    async (name, reason) => {
      const exiftool = started({
        find: await fakeExiftool(ANSWERS),
        readTimeoutMs: name === 'hang' ? 300 : 60_000,
      });
      const answers = await Promise.all([
        exiftool.read('/photos/before'),
        exiftool.read(`/photos/${name}`),
        exiftool.read('/photos/after'),
      ]);
      expect(answers).toEqual([GOOD, expect.objectContaining({ ok: false, reason }), GOOD]);
    },
  );

  it('answers what waits and runs when it closes', async () => {
    const exiftool = started({ find: await fakeExiftool(ANSWERS) });
    await exiftool.read('/photos/good');
    const answers = [exiftool.read('/photos/hang'), exiftool.read('/photos/good')];
    await exiftool.close();
    answers.push(exiftool.read('/photos/good'));
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatchObject({ ok: false, reason: 'no-exiftool' });
    }
  });

  it('is let go without work, and started again for the next file', async () => {
    const exiftool = started({ find: await fakeExiftool(ANSWERS), idleMs: 0 });
    await exiftool.read('/photos/good');
    const first = exiftool.pid;
    while (exiftool.pid !== undefined) await sleep(5);
    expect(await exiftool.read('/photos/good')).toEqual(GOOD);
    expect(exiftool.pid).not.toBe(first);
  });

  it('is not asked for a name that would be read as several arguments', async () => {
    const exiftool = started({ find: await fakeExiftool(ANSWERS) });
    for (const path of ['/photos/a\n-overwrite_original', 'photos/relative', '-ver']) {
      expect(await exiftool.read(path)).toMatchObject({ ok: false, reason: 'file-unreadable' });
    }
  });
});

describe('a computer without', () => {
  it.skipIf(!IS_POSIX)('Perl says so, and looks again at the next question', async () => {
    const bin = await mkdtemp(join(folder, 'bin-'));
    const exiftool = started({ find: () => findExiftool('linux', bin) });
    expect(await exiftool.version()).toMatchObject({ ok: false, reason: 'no-perl' });
    expect(await exiftool.read('/photos/a')).toMatchObject({ ok: false, reason: 'no-perl' });
    await symlink(process.execPath, join(bin, 'perl'));
    expect(await findExiftool('linux', bin)).toMatchObject({ ok: true });
  });

  it('a program that can be started says so', async () => {
    const program = { command: join(tmpdir(), 'no-such-program'), args: [] };
    const exiftool = started({ find: () => Promise.resolve({ ok: true, program }) });
    expect(await exiftool.read('/photos/a')).toMatchObject({ ok: false, reason: 'no-exiftool' });
  });
});

describe.skipIf(!HAS_EXIFTOOL)('exiftool itself (needs Perl)', () => {
  it('reads file after file in one process, under any name', async () => {
    const exiftool = started();
    const path = await samplePhoto();
    expect(await exiftool.read(path)).toMatchObject({
      ok: true,
      tags: { 'IFD0:Make': 'Canon', 'ExifIFD:DateTimeOriginal': '2021:06:05 04:03:02' },
    });
    const { pid } = exiftool;
    expect((await exiftool.read(path)).ok).toBe(true);
    expect(exiftool.pid).toBe(pid);
    expect(await exiftool.version()).toMatchObject({ ok: true });
  });

  it('never changes a file', async () => {
    const path = await samplePhoto();
    const before = await readFile(path);
    await utimes(path, 1_500_000_000, 1_500_000_000);
    await started().read(path);
    expect(await readFile(path)).toEqual(before);
    expect((await stat(path)).mtimeMs).toBe(1_500_000_000_000);
  });

  it('gives the reason for a file that is missing or nothing it knows', async () => {
    const exiftool = started();
    expect(await exiftool.read(join(folder, 'none.jpg'))).toMatchObject({
      reason: 'file-unreadable',
    });
    const odd = join(folder, 'odd.bin');
    await writeFile(odd, Buffer.from('\0\x01\xfe\xff'.repeat(250), 'latin1'));
    expect(await exiftool.read(odd)).toMatchObject({ reason: 'not-understood' });
  });

  it('has an answer for files changed and cut at any place', async () => {
    const exiftool = started();
    const samples = [await readFile(await samplePhoto()), sampleMovie({ creationDate: '2019' })];
    const random = new SeededRandom(4);
    const path = join(folder, 'mutated');
    for (let round = 0; round < 150; round += 1) {
      const bytes = Buffer.from(random.oneOf(samples));
      for (let count = random.integer(0, 10); count > 0; count -= 1) {
        bytes[random.integer(0, bytes.byteLength - 1)] = random.integer(0, 255);
      }
      await writeFile(path, bytes.subarray(0, random.integer(1, bytes.byteLength)));
      const answer = await exiftool.read(path);
      if (answer.ok) mediaMetadataSchema.parse(metadataFromTags(answer.tags));
      else expect(answer.reason).toBe('not-understood');
    }
  });

  it.skipIf(!IS_POSIX)('is gone after close', async () => {
    const exiftool = started();
    await exiftool.version();
    const pid = exiftool.pid!;
    expect(isRunning(pid)).toBe(true);
    await exiftool.close();
    expect(isRunning(pid)).toBe(false);
  });

  it.skipIf(!IS_POSIX)('ends by itself when the service is killed', async () => {
    const module = new URL('./start-exiftool.ts', import.meta.url).href;
    const service = spawn(process.execPath, [
      '--input-type=module',
      '--eval',
      `const { startExiftool } = await import(${JSON.stringify(module)});
       const exiftool = startExiftool();
       await exiftool.version();
       console.log(exiftool.pid);
       setInterval(() => {}, 1000);`,
    ]);
    const [printed] = (await once(service.stdout, 'data')) as [Buffer];
    const pid = Number(printed.toString());
    expect(isRunning(pid)).toBe(true);
    service.kill('SIGKILL');
    await once(service, 'exit');
    while (isRunning(pid)) await sleep(5);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
