import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runCli } from '../../electron/cli/run-cli.ts';
import { CliProcess } from './support/cli-process.ts';
import { FakeTerminal } from './support/fake-terminal.ts';

let folder: string;

const serve = (...more: string[]): CliProcess =>
  new CliProcess(
    ...['serve', '--library', join(folder, 'library'), '--data', join(folder, 'data')],
    ...['--host', '127.0.0.1', '--port', '0', '--window-port', '0', '--no-mdns', ...more],
  );

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roost-away-'));
  await using first = serve('--json');
  await first.line('"ready"');
  await first[Symbol.asyncDispose]();
  await rename(join(folder, 'library'), join(folder, 'away'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

// In this order: the library comes back in the last one.
describe('roost serve without its library', () => {
  it('starts, says in one plain line that it waits and why, and offers no code that nobody can use', async () => {
    await using roost = serve();
    await roost.line('To pair a device: ');
    expect(roost.lines).toContainEqual(
      '         Waiting for the library. The library folder cannot be reached. ' +
        'Connect the drive again. Receiving goes on by itself.',
    );
    expect(roost.lines.join('\n')).not.toContain('Code: ');

    const terminal = new FakeTerminal(folder);
    expect(await runCli(['status', '--data', join(folder, 'data')], terminal)).toBe(0);
    expect(terminal.stdout.text).toContain(`${join(folder, 'library')} (cannot be reached)`);
    expect(terminal.stdout.text).toContain('Connect the drive again.');
    expect(await runCli(['pair', '--data', join(folder, 'data')], terminal)).toBe(1);
    expect(terminal.stderr.text).toContain('The library folder cannot be reached.');
    expect(roost.errorText).toBe('');
  });

  it('tells a program that starts it, and when the library is back', async () => {
    await using roost = serve('--json');
    const ready = JSON.parse(await roost.line('"ready"')) as object;
    expect(ready).toMatchObject({ library: 'missing', problem: 'library/missing' });
    await rename(join(folder, 'away'), join(folder, 'library'));
    await roost.line('"library":"ready"');
    expect(roost.json.at(-1)).toEqual({ event: 'library', library: 'ready' });
  });
});
