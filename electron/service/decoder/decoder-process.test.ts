import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { UNCONFINED } from './confinement/confinement.ts';
import {
  type DecoderProcess,
  type DecoderProcessOptions,
  startDecoderProcess,
} from './decoder-process.ts';
import {
  type Decoders,
  type DecodersOptions,
  previewLanesFor,
  startDecoders,
} from './start-decoders.ts';

const REAL = new URL('./decoder-entry.ts', import.meta.url);
const HOSTILE = new URL('./hostile-decoder.ts', import.meta.url);
const GOOD = { ok: true, header: { mediaType: 'image/jpeg', kind: 'photo' } };
const LONG_MS = 60_000;

const open: { close(): Promise<void> }[] = [];
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-decoder-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true });
});

function started(options: Partial<DecoderProcessOptions> = {}): DecoderProcess {
  const decoder = startDecoderProcess({ entry: HOSTILE, backOffMs: () => 0, ...options });
  open.push(decoder);
  return decoder;
}

async function sampleJpeg(): Promise<string> {
  const path = join(folder, 'photo é.jpg');
  const image = sharp({ create: { width: 900, height: 600, channels: 3, background: 'teal' } });
  await writeFile(path, await image.jpeg().toBuffer());
  return path;
}

describe('the decoder process', () => {
  it('reads headers and makes previews', async () => {
    const decoder = started({ entry: REAL });
    const path = await sampleJpeg();
    expect(await decoder.readHeader(path)).toEqual({
      ok: true,
      header: { mediaType: 'image/jpeg', kind: 'photo', width: 900, height: 600 },
    });
    const tile = await decoder.makePreview(path, 'tile');
    expect(tile).toMatchObject({ ok: true, width: 640, height: 427, decodedBy: 'sharp' });
    if (tile.ok) expect((await sharp(tile.bytes).metadata()).format).toBe('webp');
  });

  it('answers a missing file with the reason', async () => {
    const decoder = started({ entry: REAL });
    const expected = { ok: false, reason: 'file-unreadable', detail: 'ENOENT' };
    expect(await decoder.readHeader(join(folder, 'none'))).toEqual(expected);
    expect(await decoder.makePreview(join(folder, 'none'), 'tile')).toEqual(expected);
  });

  it.each([
    ['crash', 'decoder-crashed'],
    ['exit', 'decoder-crashed'],
    ['nonsense', 'decoder-crashed'],
    ['other-id', 'decoder-crashed'],
    ['lie', 'decoder-crashed'],
  ] as const)(
    'a file that makes it %s costs one answer; the next jobs go on',
    async (name, reason) => {
      const restarts: string[] = [];
      const decoder = started({ onRestart: (why) => restarts.push(why) });
      const answers = await Promise.all([
        decoder.readHeader('before'),
        decoder.readHeader(name, { timeoutMs: LONG_MS }),
        decoder.readHeader('after'),
      ]);
      expect(answers).toEqual([GOOD, expect.objectContaining({ ok: false, reason }), GOOD]);
      expect(restarts).toEqual([reason]);
    },
  );

  it.each(['hang', 'silent'])('a file that makes it %s is given up in time', async (name) => {
    const decoder = started();
    const stuck = decoder.readHeader(name, { timeoutMs: 300 });
    const next = decoder.readHeader('after');
    expect(await stuck).toMatchObject({ ok: false, reason: 'decoder-timeout' });
    expect(await next).toEqual(GOOD);
  });

  it.each(['memory', 'memory-loop', 'heap'])(
    'a file that needs too much %s is stopped',
    async (name) => {
      const decoder = started({ maxMemoryByteCount: 200 * 1024 * 1024 });
      const answer = await decoder.readHeader(name, { timeoutMs: LONG_MS });
      expect(answer).toMatchObject({ ok: false, reason: 'decoder-out-of-memory' });
      expect(await decoder.readHeader('after')).toEqual(GOOD);
    },
  );

  it.each(['huge', 'script'])('does not pass on a %s instead of a picture', async (name) => {
    const decoder = started();
    expect(await decoder.makePreview(name, 'tile')).toMatchObject({ reason: 'decoder-crashed' });
    expect(await decoder.readHeader('after')).toEqual(GOOD);
  });

  it('does not know the secrets in our environment', async () => {
    process.env['ROOST_SECRET'] = 'secret';
    try {
      const answer = await started().readHeader('environment');
      expect(answer).toMatchObject({ header: { mediaType: 'x/no' } });
    } finally {
      delete process.env['ROOST_SECRET'];
    }
  });

  it('waits longer after each death in a row, and not after a finished job', async () => {
    const counts: number[] = [];
    const decoder = started({
      backOffMs(count) {
        counts.push(count);
        return 0;
      },
    });
    for (const name of ['crash', 'crash', 'good', 'crash']) await decoder.readHeader(name);
    expect(counts).toEqual([1, 2, 1]);
  });

  it.each([
    ['does not exist', { entry: join(tmpdir(), 'no-such-decoder.ts') }],
    ['has no Node to run it', { nodePath: join(tmpdir(), 'no-such-node') }],
  ])('answers every job when it %s', async (_, options) => {
    const decoder = started(options);
    const answers = await Promise.all(['a', 'b', 'c'].map((path) => decoder.readHeader(path)));
    expect(answers.map((answer) => !answer.ok && answer.reason)).toEqual(
      Array.from({ length: 3 }, () => 'decoder-unavailable'),
    );
  });

  it('gives up on a process that never gets ready', async () => {
    const entry = join(folder, 'sleeper.mjs');
    await writeFile(entry, 'setInterval(() => {}, 1000);');
    const answer = await started({ entry, startTimeoutMs: 300 }).readHeader('a');
    expect(answer).toMatchObject({ ok: false, reason: 'decoder-unavailable' });
  });

  it('looks again with a new process where a confined one does not see what is there', async () => {
    const restarts: string[] = [];
    const confinement = () => Promise.resolve({ ...UNCONFINED, by: 'a test' });
    const decoder = started({ confinement, onRestart: (why) => restarts.push(why) });
    const path = join(folder, 'plugged-in-later');
    expect(await decoder.readHeader('good')).toEqual(GOOD);
    expect(await decoder.readHeader(path)).toMatchObject({ reason: 'file-unreadable' });
    await writeFile(path, 'here now');
    expect(await decoder.readHeader(path)).toEqual(GOOD);
    expect(restarts).toEqual([]);
  });

  it('answers running, waiting and later jobs when it closes, and calls that no crash', async () => {
    const restarts: string[] = [];
    const decoder = started({ onRestart: (why) => restarts.push(why) });
    await decoder.readHeader('good');
    const answers = [
      decoder.readHeader('hang', { timeoutMs: LONG_MS }),
      decoder.readHeader('good'),
    ];
    await decoder.close();
    answers.push(decoder.readHeader('good'));
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatchObject({ ok: false, reason: 'decoder-unavailable' });
    }
    expect(restarts).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')(
    'holds nothing open after it closed, also when its wrapper left a process behind',
    async () => {
      const openPipes = (): number =>
        process.getActiveResourcesInfo().filter((kind) => kind === 'PipeWrap').length;
      const before = openPipes();
      const pidPath = join(folder, 'pid');
      const script = `"$0" "$@" & echo $! > '${pidPath}'; wait`;
      const wrapper = { command: ['sh', '-c', script] };
      const confinement = () => Promise.resolve({ ...UNCONFINED, wrapper });
      const decoder = started({ entry: REAL, confinement });
      const stuck = decoder.readHeader('never-read');
      await vi.waitFor(async () => expect(await readFile(pidPath, 'utf8')).toMatch(/\d+\n/), {
        timeout: 20_000,
      });
      await decoder.close();
      await stuck;
      await vi.waitFor(() => expect(openPipes()).toBe(before), { timeout: 20_000 });
      const pid = Number(await readFile(pidPath, 'utf8'));
      await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), {
        timeout: 20_000,
      });
    },
  );

  it('closes when it was never used', async () => {
    await expect(started().close()).resolves.toBeUndefined();
  });
});

describe('startDecoders', () => {
  function all(options: Partial<DecodersOptions> = {}): Decoders {
    const decoders = startDecoders({ entry: HOSTILE, previewLanes: 2, ...options });
    open.push(decoders);
    return decoders;
  }

  it('reads headers while previews hang', async () => {
    const decoders = all();
    const stuck = [1, 2].map(() =>
      decoders.previews.makePreview('hang', 'tile', { timeoutMs: LONG_MS }),
    );
    expect(await decoders.headers.readHeader('good')).toEqual(GOOD);
    await decoders.close();
    for (const answer of await Promise.all(stuck)) {
      expect(answer).toMatchObject({ ok: false, reason: 'decoder-unavailable' });
    }
  });

  it('makes a preview while another one hangs, and after one lane crashed', async () => {
    const decoders = all({ entry: REAL });
    const path = await sampleJpeg();
    const hostile = all();
    const stuck = hostile.previews.makePreview('hang', 'tile', { timeoutMs: LONG_MS });
    expect(await hostile.previews.makePreview('crash', 'tile')).toMatchObject({
      reason: 'decoder-crashed',
    });
    const made = await Promise.all(
      [1, 2, 3].map(() => decoders.previews.makePreview(path, 'tile')),
    );
    expect(made.map((answer) => answer.ok)).toEqual([true, true, true]);
    await hostile.close();
    expect(await stuck).toMatchObject({ reason: 'decoder-unavailable' });
  });

  it('gives JavaScript in the decoder no right but to read', async () => {
    expect(await all().headers.readHeader('rights')).toMatchObject({
      header: { mediaType: 'x/fs.read' },
    });
  });

  it('lets native code in the decoder write nowhere, where this computer can enforce it', async (test) => {
    const told: object[] = [];
    const log = { info: (facts: object) => void told.push(facts), warn: () => undefined };
    const answer = await all({ log }).headers.readHeader(join(folder, 'write'));
    const facts = told[0] as { cannotWrite: boolean; by: string };
    test.skip(!facts.cannotWrite, `nothing here that confines native code (${facts.by})`);
    expect(answer).toMatchObject({ header: { mediaType: 'x/refused' } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('makes real previews confined', async () => {
    const decoders = all({ entry: REAL });
    const path = await sampleJpeg();
    expect(await decoders.headers.readHeader(path)).toMatchObject({ ok: true });
    expect(await decoders.previews.makePreview(path, 'screen')).toMatchObject({ ok: true });
  });

  it('makes as many previews at once as processors and memory allow, one at least', () => {
    const GIBIBYTE = 1024 ** 3;
    expect(previewLanesFor(2, 24 * GIBIBYTE)).toBe(2);
    expect(previewLanesFor(1, 1 * GIBIBYTE)).toBe(1);
    expect(previewLanesFor(8, 4 * GIBIBYTE)).toBe(1);
    expect(previewLanesFor(16, 64 * GIBIBYTE)).toBe(4);
  });
});
