import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runCli } from '../../electron/cli/run-cli.ts';
import { findRunningService } from '../../electron/cli/running-service.ts';
import { callWindow } from '../../electron/cli/window-client.ts';
import { CliProcess } from './support/cli-process.ts';
import { FakeRoost } from './support/fake-roost.ts';
import { FakeTerminal } from './support/fake-terminal.ts';

let folder: string;
let serve: CliProcess;
let lan: string;

const inFolder = (...parts: string[]): string => join(folder, ...parts);
const ownFolders = (): string[] => ['--library', inFolder('library'), '--data', inFolder('data')];
const serveArgs = (): string[] => [
  ...['serve', ...ownFolders(), '--host', '127.0.0.1', '--port', '0', '--window-port', '0'],
  '--no-mdns',
];

/** Runs a command here and gives its exit code, its JSON lines and its text. */
async function run(...args: string[]) {
  const terminal = new FakeTerminal(folder);
  const code = await runCli(args, terminal);
  return { code, terminal, json: args.includes('--json') ? terminal.stdout.json : [] };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-commands-'));
  await mkdir(inFolder('photos'));
  await writeFile(inFolder('photos', 'one.txt'), 'first');
  await writeFile(inFolder('photos', 'two.txt'), 'second');
  serve = new CliProcess(...serveArgs(), '--json');
  const ready = JSON.parse(await serve.line('"ready"')) as { lan: string };
  lan = ready.lan;
});

afterAll(async () => {
  await serve[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

// One service for all of these, in this order: what one sends the next ones find.
describe('a running Roost', () => {
  it('says in one line that it is ready, and where', () => {
    expect(serve.json).toEqual([
      {
        event: 'ready',
        lan: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown,
        window: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?/) as unknown,
        library: 'ready',
      },
    ]);
  });

  it('gives out a code with which a computer pairs and sends', async () => {
    const pairing = await run('pair', '--data', inFolder('data'), '--name', 'Laptop', '--json');
    const code = pairing.json[0]?.['code'] as string;
    expect(Object.keys(pairing.json[0] ?? {}).sort()).toEqual(['code', 'expiresAt', 'url']);
    const client = ['--to', lan, '--code', code, '--data', inFolder('client')];
    const sent = await run('send', ...client, '--json', 'photos');
    expect([pairing.code, sent.code]).toEqual([0, 0]);
    expect(sent.json.at(-1)).toMatchObject({ storedCount: 2, failedCount: 0 });
  });

  it('sends nothing twice', async () => {
    const client = ['--to', lan, '--data', inFolder('client')];
    const sent = await run('send', ...client, '--json', 'photos');
    expect(sent.json.at(-1)).toMatchObject({ storedCount: 0, hereCount: 2 });
  });

  it('makes a token that is taken at once', async () => {
    const made = await run(
      'pair',
      '--data',
      inFolder('data'),
      '--name',
      'Camera',
      '--token',
      '--json',
    );
    expect(Object.keys(made.json[0] ?? {}).sort()).toEqual(['deviceId', 'token']);
    const token = made.json[0]?.['token'] as string;
    const sent = await run('send', '--to', lan, '--token', token, '--json', 'photos');
    expect(sent.json.at(-1)).toMatchObject({ duplicateCount: 2 });
  });

  it('tells its state', async () => {
    const { code, json } = await run('status', '--data', inFolder('data'), '--json');
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({
      running: true,
      overview: { library: { state: 'ready', resourceCount: 2 }, discovery: { kind: 'off' } },
      devices: [{ name: expect.any(String) as unknown }, { name: expect.any(String) as unknown }],
    });
    const { terminal } = await run('status', '--data', inFolder('data'));
    expect(terminal.stdout.text).toContain('Camera: ');
    // The bytes came twice: the second time the files were read again for them.
    expect(terminal.stdout.text).toContain(
      'Re-read    2 of 2 originals within 30 days; 0 damaged, 0 missing',
    );
    const shown = /^Window {5}(\S+)$/m.exec(terminal.stdout.text)?.[1];
    expect(shown).toBe(json[0]?.['window']);
    const signedIn = await fetch(shown!, { redirect: 'manual' });
    expect([signedIn.status, signedIn.headers.get('set-cookie')]).toEqual([303, expect.anything()]);
  });

  it('is not rebuilt under', async () => {
    const { code, json } = await run('rebuild', ...ownFolders(), '--json');
    expect(code).toBe(1);
    expect(json).toEqual([
      { error: expect.objectContaining({ code: 'service/already-running' }) as unknown },
    ]);
  });

  it('does not run twice with one data folder', async () => {
    await using second = new CliProcess(...serveArgs(), '--json');
    expect(await second.exit()).toBe(1);
    expect(second.json).toEqual([
      { error: expect.objectContaining({ code: 'service/already-running' }) as unknown },
    ]);
  });

  it('starts again in place when the window asks for it', async () => {
    const address = await findRunningService(inFolder('data'));
    await callWindow(address, 'service.restart', {});
    const restarted = JSON.parse(await serve.line('"restarted"')) as Record<string, unknown>;
    expect(restarted).toEqual({ ...serve.json[0], event: 'restarted' });
    const { code } = await run('status', '--data', inFolder('data'));
    expect(code).toBe(0);
  });

  it('proves its library while it runs', async () => {
    const { code, json } = await run('verify', ...ownFolders(), '--json');
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({ ok: true, receiptCount: 2, fileCount: 2, damaged: [] });
  });

  // Windows knows no signals: ending a program there is always hard.
  it.skipIf(process.platform === 'win32')('stops cleanly when it is asked to', async () => {
    serve.signal('SIGTERM');
    expect(await serve.exit()).toBe(0);
    expect(serve.json.at(-1)).toEqual({ event: 'stopping' });
    expect(serve.errorText).toBe('');
  });
});

describe('a Roost that does not run', () => {
  beforeAll(async () => serve[Symbol.asyncDispose]());

  it.each([['status'], ['pair']])('makes %s exit with 3', async (command) => {
    const { code, terminal } = await run(command, '--data', inFolder('data'));
    expect(code).toBe(3);
    expect(terminal.stderr.text).toContain('Start Roost');
  });

  it('is not taken for a running one by the address a killed service left behind', async () => {
    await using gone = await new FakeRoost().start();
    const address = { windowOrigin: gone.origin, key: 'k', pid: process.pid };
    await gone.stop();
    await mkdir(inFolder('killed'));
    await writeFile(inFolder('killed', 'service.json'), JSON.stringify(address));
    expect((await run('status', '--data', inFolder('killed'))).code).toBe(3);
    const library = ['--library', inFolder('library')];
    expect((await run('rebuild', ...library, '--data', inFolder('killed'))).code).toBe(0);
  });

  it('finds the library folder in the settings of the data folder', async () => {
    const config = inFolder('data', 'config.json');
    const stored = JSON.parse(await readFile(config, 'utf8')) as { settings: object };
    const settings = { ...stored.settings, libraryFolder: inFolder('library') };
    await writeFile(config, JSON.stringify({ ...stored, settings }));
    const { code, terminal } = await run('verify', '--data', inFolder('data'));
    expect(code).toBe(0);
    expect(terminal.stdout.text).toContain('2 files (11 bytes) are bit for bit what was received');
  });

  it('gets a new catalog from the library alone', async () => {
    await rm(inFolder('data', 'catalog.sqlite'));
    const { code, json } = await run('rebuild', ...ownFolders(), '--json');
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({ resourceCount: 2, deviceCount: 2 });
  });

  it('has damaged and unknown files named, each as what it is', async () => {
    const { json } = await run('verify', ...ownFolders(), '--json');
    expect(json[0]).toMatchObject({ ok: true });
    const journal = await readFile(
      inFolder('library', '.roost', 'journal', await onlyJournal()),
      'utf8',
    );
    const path = /"path":"([^"]+one\.txt)"/.exec(journal)?.[1] ?? '';
    const file = inFolder('library', ...path.split('/'));
    await chmod(file, 0o600);
    await appendFile(file, '!');
    await writeFile(inFolder('library', 'foreign.txt'), 'mine');
    const after = await run('verify', ...ownFolders(), '--json');
    expect(after.code).toBe(1);
    expect(after.json[0]).toMatchObject({
      ok: false,
      damaged: [{ path }],
      missing: [],
      unknown: ['foreign.txt'],
    });
  });

  it('proves on damaged copies that damage is found, and leaves the library as it is', async () => {
    const library = ['--library', inFolder('library')];
    const { code, json } = await run('verify', ...library, '--self-test', '--json');
    expect(code).toBe(0);
    expect(json[0]).toMatchObject({ ok: true, falseAlarms: [], notWholeCount: 1 });
    const { terminal } = await run('verify', ...library, '--self-test');
    expect(terminal.stdout.text).toContain('1 original copied (6 bytes; at most 40 files');
    expect(terminal.stdout.text).toContain('1 original could not be copied whole');
    expect(terminal.stdout.text).toMatch(/All \d+ damaged copies were found, and nothing else\./);
    const { json: after } = await run('verify', ...library, '--json');
    expect(after[0]).toMatchObject({ fileCount: 1, unknown: ['foreign.txt'] });
  });

  it('proves itself where there is no original yet', async () => {
    const { code, terminal } = await run('verify', '--library', inFolder('none'), '--self-test');
    expect(code).toBe(0);
    expect(terminal.stdout.text).toContain('No original to copy');
  });

  it('says that a folder is no library', async () => {
    const { code, terminal } = await run('verify', '--library', inFolder('photos'));
    expect(code).toBe(1);
    expect(terminal.stderr.text).toContain('There is no Roost library at');
  });
});

async function onlyJournal(): Promise<string> {
  const names = await readdir(inFolder('library', '.roost', 'journal'));
  expect(names).toHaveLength(1);
  return names[0] ?? '';
}
