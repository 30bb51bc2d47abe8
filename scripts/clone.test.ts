import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Stands for the build: writes a command line that tells how it was called. */
const FAKE_BUILDER = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
console.log('building, said on standard output');
appendFileSync('builds.txt', process.argv.slice(2).join(' ') + '\\n');
mkdirSync('out/main', { recursive: true });
mkdirSync('out/renderer', { recursive: true });
writeFileSync('out/main/main.js', '');
writeFileSync('out/renderer/index.html', '');
writeFileSync('out/main/cli.js', \`
  if (process.argv.includes('--wait')) {
    process.on('SIGTERM', () => { console.log('closed'); process.exit(5); });
    setInterval(() => {}, 1000);
  }
  console.log(JSON.stringify({ args: process.argv.slice(2), folder: process.cwd() }));
  process.exitCode = process.argv.includes('--fail') ? 4 : 0;
\`);
`;

/** A clone with the real scripts, whose packages are "installed" and whose build is a fake. */
let root: string;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'roost-clone-')));
  await cp(import.meta.dirname, join(root, 'scripts'), { recursive: true });
  await write('package.json', JSON.stringify({ type: 'commonjs' }));
  await write('package-lock.json', JSON.stringify({ packages: {} }));
  await write('node_modules/.package-lock.json', JSON.stringify({ packages: {} }));
  await write('node_modules/electron-vite/bin/electron-vite.js', FAKE_BUILDER);
  await write('electron/main/main.ts', 'one');
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
}

async function countBuilds(): Promise<number> {
  return (await readFile(join(root, 'builds.txt'), 'utf8')).split('\n').length - 1;
}

function startScript(name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [join('scripts', name), ...args], {
    cwd: root,
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', INIT_CWD: root, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { output: '', complaints: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.complaints += text));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...said }));
  return { child, said, ended };
}

describe('npm run roost', () => {
  it('builds once, keeps standard output for the command, and passes its exit code on', async () => {
    const first = await startScript('roost.mjs', ['send', '--fail', 'a b.jpg']).ended;
    expect(JSON.parse(first.output)).toEqual({ args: ['send', '--fail', 'a b.jpg'], folder: root });
    expect(first.complaints).toBe('roost: building\n');
    expect(first.code).toBe(4);

    const second = await startScript('roost.mjs', ['status']).ended;
    expect(second.complaints).toBe('');
    expect(second.code).toBe(0);
    expect(await countBuilds()).toBe(1);
  });

  it('builds again after a source changed', async () => {
    await startScript('roost.mjs', []).ended;
    await write('electron/main/main.ts', 'two');
    await startScript('roost.mjs', []).ended;
    expect(await countBuilds()).toBe(2);
  });

  it('lets two commands of a fresh clone share one build', async () => {
    const runs = [startScript('roost.mjs', []), startScript('roost.mjs', [])];
    for (const run of runs) expect((await run.ended).code).toBe(0);
    expect(await countBuilds()).toBe(1);
  });

  it('runs the command in the folder the person is in', async () => {
    const elsewhere = await realpath(await mkdtemp(join(tmpdir(), 'roost-elsewhere-')));
    try {
      const run = await startScript('roost.mjs', [], { INIT_CWD: elsewhere }).ended;
      expect(JSON.parse(run.output)).toMatchObject({ folder: elsewhere });
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  it('shows what the build said when it fails, and builds again the next time', async () => {
    await write(
      'node_modules/electron-vite/bin/electron-vite.js',
      `console.log('Unexpected token'); process.exit(1);`,
    );
    const failed = await startScript('roost.mjs', ['status']).ended;
    expect(failed.code).toBe(1);
    expect(failed.output).toBe('');
    expect(failed.complaints).toContain('the build failed.\nUnexpected token');

    await write('node_modules/electron-vite/bin/electron-vite.js', FAKE_BUILDER);
    expect((await startScript('roost.mjs', ['status']).ended).code).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('lets the command close by itself', async () => {
    const { child, said, ended } = startScript('roost.mjs', ['serve', '--wait']);
    while (!said.output.includes('\n')) await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const { code, output } = await ended;
    expect(output).toContain('closed');
    expect(code).toBe(5);
  });
});

describe('npm start', () => {
  it.runIf(process.platform === 'linux')(
    'says in one line why there is no window, and serves with the same options',
    async () => {
      const run = await startScript('start.mjs', ['--port', '0']).ended;
      expect(JSON.parse(run.output)).toEqual({ args: ['serve', '--port', '0'], folder: root });
      expect(run.complaints).toBe(
        'roost: building\nroost: no window: there is no display here. Running without one.\n',
      );
    },
  );
});

describe('npm test', () => {
  it('ends with the summary alone when the ground is missing, and says what to do', async () => {
    const run = await startScript('test.mjs', [], { ROOST_BROWSER: join(root, 'none') }).ended;
    expect(run.output).toBe('0 passed, 1 failed\n');
    expect(run.complaints).toContain('ROOST_BROWSER is');
    expect(run.code).toBe(1);
  });
});
