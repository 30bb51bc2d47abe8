import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, mkdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { runCli } from '../../electron/cli/run-cli.ts';
import { FakeRoost } from './support/fake-roost.ts';
import { FakeTerminal } from './support/fake-terminal.ts';

let folder: string;
let roost: FakeRoost;
let terminal: FakeTerminal;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-send-'));
  roost = await new FakeRoost().start();
  terminal = new FakeTerminal(folder);
});

afterEach(async () => {
  await roost.stop();
  await rm(folder, { recursive: true, force: true });
});

async function makeFile(path: string, bytes: Buffer | string = randomBytes(2000)): Promise<Buffer> {
  const full = join(folder, path);
  await mkdir(dirname(full), { recursive: true });
  await writeFile(full, bytes);
  return Buffer.from(bytes);
}

function send(...args: string[]): Promise<number> {
  const data = join(folder, 'client');
  return runCli(['send', '--to', roost.origin, '--data', data, ...args], terminal);
}

const sendPaired = (...args: string[]): Promise<number> => send('--token', roost.token, ...args);

function summary(): Record<string, unknown> {
  return terminal.stdout.json.find(({ event }) => event === 'summary') ?? {};
}

function fileEvents(): Record<string, unknown>[] {
  return terminal.stdout.json.filter(({ event }) => event === 'file');
}

describe('what is sent', () => {
  it('stores every file of a folder bit for bit', async () => {
    const first = await makeFile('dcim/a/one.jpg');
    const second = await makeFile('dcim/b/two.heic', randomBytes(3_000_000));
    expect(await sendPaired('dcim')).toBe(0);
    const hashes = [first, second].map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect(roost.stored.map(({ sha256 }) => sha256).sort()).toEqual(hashes.sort());
  });

  it('tells name, type, length, times and digest in headers', async () => {
    await makeFile('Ferien Zürich 🏔.JPG', 'bytes');
    const modifiedAt = new Date('2024-05-06T07:08:09.123Z');
    await utimes(join(folder, 'Ferien Zürich 🏔.JPG'), modifiedAt, modifiedAt);
    await sendPaired('Ferien Zürich 🏔.JPG');
    const headers = roost.stored[0]!.headers;
    expect({
      name: decodeURIComponent(headers['roost-filename'] as string),
      type: headers['content-type'],
      length: headers['content-length'],
      modifiedAt: Date.parse(headers['roost-modified-at'] as string),
    }).toEqual({
      name: 'Ferien Zürich 🏔.JPG',
      type: 'image/jpeg',
      length: '5',
      modifiedAt: modifiedAt.getTime(),
    });
  });

  it('gives a movie the asset key of the photo beside it, also when it is sent alone', async () => {
    await makeFile('IMG_1.HEIC');
    await makeFile('IMG_1.MOV');
    await sendPaired('IMG_1.MOV');
    await sendPaired('IMG_1.HEIC');
    const [movie, photo] = roost.stored;
    expect([movie!.resourceType, photo!.resourceType]).toEqual(['paired-video', 'photo']);
    expect(movie!.assetKey).toBe(photo!.assetKey);
  });

  it('uses the same asset key however the file is named on the command line', async () => {
    await makeFile('dcim/one.jpg', 'first');
    await sendPaired('dcim');
    await makeFile('dcim/one.jpg', 'second');
    await sendPaired('./dcim/../dcim/one.jpg');
    const keys = roost.stored.map(({ assetKey }) => assetKey);
    expect(keys[1]).toBe(keys[0]);
  });

  it('leaves out hidden, system and linked files and says so', async () => {
    await makeFile('dcim/one.jpg');
    await makeFile('dcim/.hidden.jpg');
    await makeFile('dcim/Thumbs.db');
    await makeFile('dcim/.DS_Store');
    await makeFile('dcim/.roost/journal/2026-11.jsonl');
    await symlink(folder, join(folder, 'dcim/loop'), 'junction');
    expect(await sendPaired('--json', 'dcim')).toBe(0);
    expect(roost.stored).toHaveLength(1);
    const said = terminal.stdout.json.filter(({ event }) => event === 'left-out');
    expect(said.map(({ reason }) => reason).sort()).toEqual(
      ['Roost folder', 'hidden file', 'link', 'system file', 'system file'].sort(),
    );
  });

  it('asks first and does not send what is there', async () => {
    await makeFile('dcim/one.jpg');
    await makeFile('dcim/two.jpg');
    await sendPaired('dcim/one.jpg');
    roost.requests.length = 0;
    terminal.stdout.text = '';
    expect(await sendPaired('--json', 'dcim')).toBe(0);
    expect(roost.count('PUT')).toBe(1);
    expect(summary()).toMatchObject({ storedCount: 1, hereCount: 1, failedCount: 0 });
  });

  it('asks about many files in few requests', async () => {
    for (let number = 0; number < 250; number += 1)
      await makeFile(`dcim/${number}.jpg`, `${number}`);
    expect(await sendPaired('dcim')).toBe(0);
    expect(roost.stored).toHaveLength(250);
    expect(roost.count('POST /v1/check')).toBe(2);
  });

  it('has no more uploads on their way than asked for', async () => {
    for (let number = 0; number < 12; number += 1) await makeFile(`dcim/${number}.jpg`);
    await sendPaired('--parallel', '2', 'dcim');
    expect(roost.mostUploadsAtOnce).toBeLessThanOrEqual(2);
  });

  it('names an empty file and goes on with the others', async () => {
    await makeFile('dcim/empty.jpg', '');
    await makeFile('dcim/full.jpg');
    expect(await sendPaired('--json', 'dcim')).toBe(1);
    expect(summary()).toMatchObject({ storedCount: 1, failedCount: 1 });
    expect(roost.count('PUT')).toBe(1);
  });

  it('refuses a path that is not there before it sends anything', async () => {
    await makeFile('one.jpg');
    expect(await sendPaired('one.jpg', 'gone.jpg')).toBe(2);
    expect(roost.requests).toEqual([]);
  });
});

describe('connections that break', () => {
  it('sends a file again whose connection broke in the middle', async () => {
    const bytes = await makeFile('one.jpg', randomBytes(1_000_000));
    roost.faults.push('drop-mid-body');
    expect(await sendPaired('one.jpg')).toBe(0);
    expect(roost.stored[0]!.bytes.equals(bytes)).toBe(true);
  });

  it('finds out by asking that a file is stored whose answer was lost', async () => {
    await makeFile('one.jpg');
    roost.faults.push('drop-answer');
    expect(await sendPaired('--json', 'one.jpg')).toBe(0);
    expect(roost.count('PUT')).toBe(1);
    expect(fileEvents()[0]).toMatchObject({
      state: 'here',
      receiptId: roost.stored[0]!.receiptId,
    });
  });

  it('waits for a Roost that is started again and finishes', async () => {
    for (let number = 0; number < 6; number += 1) await makeFile(`dcim/${number}.jpg`);
    let uploads = 0;
    roost.onUpload = () => {
      uploads += 1;
      if (uploads === 3) void roost.stop();
    };
    terminal.duringWait = async () => {
      if (terminal.waits.length === 6) await roost.start();
    };
    expect(await sendPaired('dcim')).toBe(0);
    expect(roost.stored).toHaveLength(6);
  });

  it('gives up when Roost stays away, and says what was not sent', async () => {
    for (let number = 0; number < 6; number += 1) await makeFile(`dcim/${number}.jpg`);
    roost.onUpload = () => void roost.stop();
    expect(await sendPaired('--json', 'dcim')).toBe(1);
    expect(summary()).toMatchObject({
      storedCount: 0,
      notSentCount: 6,
      stopped: { code: 'service/not-running' },
    });
    expect(fileEvents()).toHaveLength(6);
  });

  it('does not send its token to another Roost that answers at the same address', async () => {
    await makeFile('one.jpg', randomBytes(100_000));
    roost.onUpload = () => {
      roost.id = randomUUID();
    };
    roost.faults.push('drop-mid-body');
    expect(await sendPaired('one.jpg')).toBe(1);
    expect(roost.count('POST /v1/check')).toBe(1);
  });

  it('stops a run in which every connection breaks', async () => {
    for (let number = 0; number < 40; number += 1) await makeFile(`dcim/${number}.jpg`);
    for (let number = 0; number < 400; number += 1) roost.faults.push('drop-mid-body');
    expect(await sendPaired('--json', 'dcim')).toBe(1);
    expect(summary()['failedCount']).toBeLessThan(20);
    expect(summary()['storedCount']).toBe(0);
  });
});

describe('answers', () => {
  it('waits as long as a busy Roost asks for', async () => {
    await makeFile('one.jpg');
    roost.faults.push({ refuse: 'service/overloaded', retryAfter: 7 });
    expect(await sendPaired('one.jpg')).toBe(0);
    expect(terminal.waits).toEqual([7000]);
  });

  it('does not call a file safe when the answer names other bytes', async () => {
    await makeFile('one.jpg');
    roost.faults.push('wrong-digest', 'wrong-digest', 'wrong-digest', 'wrong-digest');
    expect(await sendPaired('--json', 'one.jpg')).toBe(1);
    expect(fileEvents()[0]).toMatchObject({ state: 'failed', error: { code: 'odd-answer' } });
  });

  it('does not call a file safe without a receipt', async () => {
    await makeFile('one.jpg');
    roost.faults.push('no-receipt', 'no-receipt', 'no-receipt');
    expect(await sendPaired('one.jpg')).toBe(1);
  });

  it('reads a file anew that changed while it was sent', async () => {
    const path = join(folder, 'one.jpg');
    await makeFile('one.jpg', randomBytes(500_000));
    roost.faults.push({ refuse: 'upload/digest-mismatch' });
    const changed = randomBytes(600_000);
    terminal.duringWait = () => writeFile(path, changed);
    expect(await sendPaired('one.jpg')).toBe(0);
    expect(roost.stored[0]!.bytes.equals(changed)).toBe(true);
  });

  it('names the files that found no room and sends the others', async () => {
    await makeFile('dcim/one.jpg');
    await makeFile('dcim/two.jpg');
    roost.faults.push({ refuse: 'library/disk-full' });
    expect(await sendPaired('--parallel', '1', 'dcim')).toBe(1);
    expect(roost.stored).toHaveLength(1);
    expect(terminal.stdout.text).toContain('There is not enough room');
  });

  it('sends no body of a large file that is refused', async () => {
    await makeFile('long.mov', randomBytes(30_000_000));
    roost.faults.push({ refuse: 'library/disk-full' });
    expect(await sendPaired('--json', 'long.mov')).toBe(1);
    expect(fileEvents()[0]).toMatchObject({ error: { code: 'library/disk-full' } });
    expect(roost.count('PUT')).toBe(1);
  });

  it('stops with exit code 4 and the next step when the token is refused', async () => {
    await makeFile('one.jpg');
    expect(await send('--token', 'revoked', 'one.jpg')).toBe(4);
    expect(roost.count('PUT')).toBe(0);
    expect(terminal.stdout.text).toContain('send --code CODE');
  });

  it('stops in the middle when the token is revoked', async () => {
    for (let number = 0; number < 5; number += 1) await makeFile(`dcim/${number}.jpg`);
    roost.faults.push({ refuse: 'auth/token-invalid' });
    expect(await sendPaired('--json', '--parallel', '1', 'dcim')).toBe(4);
    expect(summary()).toMatchObject({ storedCount: 0, notSentCount: 5 });
  });

  it('exits with 3 when nobody is at the address', async () => {
    await makeFile('one.jpg');
    await roost.stop();
    expect(await sendPaired('one.jpg')).toBe(3);
  });
});

describe('pairing', () => {
  it('pairs by code once and remembers the token for its owner alone', async () => {
    await makeFile('one.jpg');
    await makeFile('two.jpg');
    expect(await send('--code', roost.code, '--name', 'My laptop', 'one.jpg')).toBe(0);
    expect(await send('two.jpg')).toBe(0);
    expect(roost.pairedDevices).toEqual([expect.objectContaining({ name: 'My laptop' })]);
    const file = join(folder, 'client', 'paired.json');
    expect(await readFile(file, 'utf8')).toContain(roost.token);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('finds the Roost it is paired with at its last address', async () => {
    await makeFile('one.jpg');
    await send('--code', roost.code, 'one.jpg');
    const data = join(folder, 'client');
    expect(await runCli(['send', '--data', data, 'one.jpg'], terminal)).toBe(0);
  });

  it('remembers where its Roost is now', async () => {
    await makeFile('one.jpg');
    await send('--code', roost.code, 'one.jpg');
    await using moved = new FakeRoost();
    moved.id = roost.id;
    await moved.start();
    const data = join(folder, 'client');
    await runCli(['send', '--to', moved.origin, '--data', data, 'one.jpg'], terminal);
    await roost.stop();
    expect(await runCli(['send', '--data', data, 'one.jpg'], terminal)).toBe(0);
    expect(moved.stored).toHaveLength(1);
  });

  it('asks the person at the terminal for the code', async () => {
    await makeFile('one.jpg');
    const questions: string[] = [];
    terminal.askLine = (question) => {
      questions.push(question);
      return Promise.resolve(` ${roost.code}\n`);
    };
    expect(await send('one.jpg')).toBe(0);
    expect(questions).toEqual(['Pairing code shown by "Kitchen": ']);
  });

  it('exits with 4 when it is not paired and nobody can be asked', async () => {
    await makeFile('one.jpg');
    expect(await send('one.jpg')).toBe(4);
    expect(terminal.stderr.text).toContain('not paired with "Kitchen"');
  });

  it('exits with 4 when the code is wrong, and remembers nothing', async () => {
    await makeFile('one.jpg');
    expect(await send('--code', 'wrong', '--json', 'one.jpg')).toBe(4);
    expect(terminal.stdout.json).toEqual([
      { error: expect.objectContaining({ code: 'pairing/code-invalid' }) as unknown },
    ]);
    expect(await send('one.jpg')).toBe(4);
  });

  it('leaves a damaged file of paired Roosts alone and says where it is', async () => {
    await makeFile('one.jpg');
    await makeFile('client/paired.json', '{"roosts": oops');
    expect(await send('one.jpg')).toBe(4);
    expect(terminal.stderr.text).toContain(join('client', 'paired.json'));
    expect(await readFile(join(folder, 'client/paired.json'), 'utf8')).toBe('{"roosts": oops');
  });
});

describe('stopping', () => {
  it('ends cleanly with a summary when it is interrupted', async () => {
    for (let number = 0; number < 8; number += 1) {
      await makeFile(`dcim/${number}.jpg`, randomBytes(400_000));
    }
    let uploads = 0;
    roost.onUpload = () => {
      uploads += 1;
      if (uploads === 4) terminal.controller.abort();
    };
    expect(await sendPaired('--json', '--parallel', '1', 'dcim')).toBe(130);
    expect(summary()).toMatchObject({ interrupted: true, storedCount: 3, notSentCount: 5 });
    expect(fileEvents()).toHaveLength(8);
  });
});

describe('what is printed', () => {
  it('prints one JSON line a file with its receipt, and a summary', async () => {
    const bytes = await makeFile('one.jpg');
    await sendPaired('--json', 'one.jpg');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const { receiptId, assetId } = roost.stored[0]!;
    expect(fileEvents()).toEqual([
      expect.objectContaining({ state: 'stored', sha256, receiptId, assetId, byteCount: 2000 }),
    ]);
    expect(summary()).toMatchObject({ storedCount: 1, storedByteCount: 2000, interrupted: false });
  });

  it('draws one line in a terminal and ends with what is stored', async () => {
    await makeFile('one.jpg');
    terminal.stdout.isTTY = true;
    terminal.stdout.columns = 60;
    await sendPaired('one.jpg');
    expect(terminal.stdout.text).toContain('\r\u001b[2K0 of 1 file, 0 bytes of 2.0 KB');
    expect(terminal.stdout.lines.at(-1)).toContain('1 file stored (2.0 KB)');
  });

  it('prints no control characters of file names', async () => {
    if (process.platform === 'win32') return;
    await makeFile('evil\u001b[2J.jpg', '');
    await sendPaired('evil\u001b[2J.jpg');
    expect(terminal.stdout.text).not.toContain('\u001b');
  });
});
