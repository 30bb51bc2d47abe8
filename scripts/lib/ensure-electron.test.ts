import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findElectron, reasonIn } from './ensure-electron.mjs';
import { findWindowObstacle } from './window-obstacle.mjs';

describe('findWindowObstacle', () => {
  it('is a missing display or root on Linux', () => {
    const linux = { platform: 'linux', userId: 1000 } as const;
    expect(findWindowObstacle({ ...linux, env: {} })).toBe('there is no display here');
    expect(findWindowObstacle({ ...linux, env: { DISPLAY: '' } })).toBe('there is no display here');
    expect(findWindowObstacle({ ...linux, env: { DISPLAY: ':0' } })).toBeUndefined();
    expect(findWindowObstacle({ ...linux, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeUndefined();
    expect(findWindowObstacle({ ...linux, userId: 0, env: { DISPLAY: ':0' } })).toBe(
      'Electron does not run as root',
    );
  });

  it('is nothing on macOS and Windows', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      expect(findWindowObstacle({ platform, env: {}, userId: undefined })).toBeUndefined();
    }
  });
});

describe('findElectron', () => {
  it('is the program once it is really there', async () => {
    const root = await mkdtemp(join(tmpdir(), 'roost-electron-'));
    const folder = join(root, 'node_modules', 'electron');
    try {
      expect(findElectron(root)).toBeUndefined();
      await mkdir(join(folder, 'dist'), { recursive: true });
      await writeFile(join(folder, 'path.txt'), 'electron');
      expect(findElectron(root)).toBeUndefined();
      await writeFile(join(folder, 'dist', 'electron'), '');
      expect(findElectron(root)).toBe(join(folder, 'dist', 'electron'));
    } finally {
      await rm(root, { recursive: true });
    }
  });
});

describe('reasonIn', () => {
  it('is the line of a stack that says what happened', () => {
    const stack = 'node:internal\n\nTypeError: fetch failed\n    at node:internal/deps';
    expect(reasonIn(stack)).toBe('fetch failed');
  });

  it('is one line of readable length, always', () => {
    expect(reasonIn('')).toBe('no reason given');
    expect(reasonIn(`\n  no such host\nmore`)).toBe('no such host');
    expect(reasonIn('x'.repeat(1000))).toHaveLength(200);
  });
});
