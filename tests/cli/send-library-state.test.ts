import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  await writeFile(join(folder, 'one.jpg'), 'bytes');
});

afterEach(async () => {
  await roost.stop();
  await rm(folder, { recursive: true, force: true });
});

const sendPaired = (...args: string[]): Promise<number> => {
  const to = ['--to', roost.origin, '--data', join(folder, 'client'), '--token', roost.token];
  return runCli(['send', ...to, ...args], terminal);
};

describe('the library of the Roost that was found', () => {
  it.each([
    ['missing', 'The library of "Kitchen" cannot be reached just now.'],
    ['full', 'The library of "Kitchen" is full.'],
  ])('is said to be %s before anything is sent', async (library, words) => {
    roost.library = library;
    expect(await sendPaired('one.jpg')).toBe(0);
    expect(terminal.stdout.text).toContain(words);
    expect(await sendPaired('--json', 'one.jpg')).toBe(0);
    expect(terminal.stderr.text).toContain(words);
  });

  it.each([undefined, 'ready', 'something newer'])(
    'is not spoken of when it is %s',
    async (library) => {
      roost.library = library;
      expect(await sendPaired('one.jpg')).toBe(0);
      expect(terminal.stdout.text).not.toContain('The library');
    },
  );
});
