import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, it } from 'vitest';

import { setupLockPath, withSetupLock } from './setup-lock.mjs';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'roost-lock-'));
});
afterEach(async () => {
  await rm(setupLockPath(root), { force: true });
  await rm(root, { recursive: true });
});

it('lets one command of a clone set up at a time', async () => {
  const events: string[] = [];
  let finishFirst = (): void => undefined;
  const first = withSetupLock(root, async () => {
    events.push('first begins');
    await new Promise<void>((resolve) => (finishFirst = resolve));
    events.push('first ends');
  });
  const second = withSetupLock(root, () => Promise.resolve(events.push('second')));
  finishFirst();
  await Promise.all([first, second]);
  expect(events).toEqual(['first begins', 'first ends', 'second']);
});

it('is released by work that fails', async () => {
  await expect(withSetupLock(root, () => Promise.reject(new Error('no disk')))).rejects.toThrow(
    'no disk',
  );
  expect(existsSync(setupLockPath(root))).toBe(false);
});

it('is taken over from a command that was killed', async () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  await writeFile(setupLockPath(root), String(pid));
  expect(await withSetupLock(root, () => Promise.resolve('done'))).toBe('done');
});

it('is taken over when it is older than any set-up, even if its number runs again', async () => {
  await writeFile(setupLockPath(root), String(process.pid));
  await utimes(setupLockPath(root), 1, 1);
  expect(await withSetupLock(root, () => Promise.resolve('done'))).toBe('done');
});
