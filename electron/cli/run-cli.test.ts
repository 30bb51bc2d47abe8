import { describe, expect, it } from 'vitest';

import type { CliContext, TextSink } from './cli-context.ts';
import { COMMANDS, runCli } from './run-cli.ts';

function collect(): TextSink & { text: string } {
  return {
    isTTY: false,
    text: '',
    write(text: string) {
      this.text += text;
    },
  };
}

async function run(...args: string[]) {
  const stdout = collect();
  const stderr = collect();
  const context: CliContext = {
    env: {},
    platform: process.platform,
    homeFolder: '/nowhere',
    hostName: 'laptop',
    workingFolder: '/nowhere',
    stdout,
    stderr,
    interrupted: new AbortController().signal,
    pause: () => Promise.resolve(),
    program: { version: '1.2.3', decoderEntry: '', rendererFolder: '' },
  };
  return { code: await runCli(args, context), stdout: stdout.text, stderr: stderr.text };
}

describe('runCli', () => {
  it('prints the version alone', async () => {
    expect(await run('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it('lists the commands and exit codes', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toContain(`  ${name} `);
    expect(stdout).toContain('  130  stopped by Ctrl-C');
  });

  it.each(COMMANDS.map(({ name }) => name))('explains every option of %s', async (name) => {
    const { code, stdout } = await run(name, '--help');
    const options = Object.keys(COMMANDS.find((command) => command.name === name)?.options ?? {});
    expect(code).toBe(0);
    expect(options).toContain('json');
    for (const option of options) expect(stdout).toContain(`--${option}`);
    expect((await run('help', name)).stdout).toBe(stdout);
  });

  it('keeps help within 100 columns', async () => {
    for (const { name } of COMMANDS) {
      const { stdout } = await run(name, '--help');
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    }
  });

  it.each([
    [['sned']],
    [['serve', '--libary', '/x']],
    [['serve', '--port', 'http']],
    [['serve', 'extra']],
    [['send']],
    [['send', '--parallel', '0', 'x']],
    [['send', '--to', 'https://roost', 'x']],
    [[]],
  ])('exits with 2 and helps when it does not understand %j', async (args) => {
    const { code, stdout, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('--help');
  });
});
