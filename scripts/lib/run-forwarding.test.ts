import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { decideSignal, exitCodeOf } from './run-forwarding.mjs';

const MODULE = join(import.meta.dirname, 'run-forwarding.mjs');

/** Starts a process that runs `childSource` behind the wrapper, and gathers what both write. */
function wrap(
  childSource: string,
  args: readonly string[] = [],
  { underShell = false }: { underShell?: boolean } = {},
) {
  const source = `
    import { runForwarding } from ${JSON.stringify(MODULE)};
    process.exitCode = await runForwarding(
      process.execPath,
      ['--eval', ${JSON.stringify(childSource)}, '--', ...process.argv.slice(1)],
      { cwd: process.cwd() },
    );`;
  const nodeArgs = ['--input-type=module', '--eval', source, ...args];
  const [file, allArgs] = underShell
    ? ['sh', ['-c', '"$@"; true', 'sh', process.execPath, ...nodeArgs]]
    : [process.execPath, nodeArgs];
  const wrapper = spawn(file, allArgs, {
    env: { ...process.env, npm_lifecycle_event: 'roost' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  wrapper.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  return {
    wrapper,
    /** Resolves once the child has said the word. */
    async hears(word: string): Promise<void> {
      while (!output.includes(word)) await once(wrapper.stdout, 'data');
    },
    async ended(): Promise<{ code: number | null; output: string }> {
      const [code] = (await once(wrapper, 'close')) as [number | null];
      return { code, output };
    },
  };
}

describe('runForwarding', () => {
  it('passes arguments on as they are, and the exit code back', async () => {
    const args = ['--name', 'a b', '"quoted"', '', '*'];
    const run = wrap('console.log(JSON.stringify(process.argv.slice(1))); process.exit(7)', [
      '--',
      ...args,
    ]);
    const { code, output } = await run.ended();
    expect(JSON.parse(output)).toEqual(args);
    expect(code).toBe(7);
  });

  it.skipIf(process.platform === 'win32')(
    'passes a signal on once, however often it comes, and waits for a clean end',
    async () => {
      const run = wrap(`
        process.on('SIGTERM', () => {
          console.log('stopping');
          // Long enough for a second signal to be seen, were it passed on.
          setTimeout(() => process.exit(3), 300);
        });
        setInterval(() => {}, 1000);
        console.log('ready');`);
      await run.hears('ready');
      run.wrapper.kill('SIGTERM');
      await run.hears('stopping');
      run.wrapper.kill('SIGTERM');
      const { code, output } = await run.ended();
      expect(output.split('\n').filter((line) => line === 'stopping')).toHaveLength(1);
      expect(code).toBe(3);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'closes the program when npm was ended and its shell is gone',
    async () => {
      const run = wrap(
        `process.on('SIGTERM', () => { console.log('closed'); process.exit(0); });
         setInterval(() => {}, 1000);
         console.log('ready');`,
        [],
        // The shell stays between this test and the wrapper, as it does under npm.
        { underShell: true },
      );
      await run.hears('ready');
      run.wrapper.kill('SIGKILL');
      await run.hears('closed');
    },
  );

  it.skipIf(process.platform === 'win32')('reports a killed program as a shell does', async () => {
    const run = wrap(`process.kill(process.pid, 'SIGKILL')`);
    expect((await run.ended()).code).toBe(137);
  });
});

describe('decideSignal', () => {
  const facts = {
    platform: 'linux',
    hasTerminal: false,
    forwarded: new Set<NodeJS.Signals>(),
  } as const;

  it('forwards the first of each signal where nobody else delivers it', () => {
    expect(decideSignal({ ...facts, signal: 'SIGINT' })).toBe('forward');
    expect(decideSignal({ ...facts, signal: 'SIGTERM' })).toBe('forward');
    expect(decideSignal({ ...facts, signal: 'SIGTERM', forwarded: new Set(['SIGTERM']) })).toBe(
      'ignore',
    );
  });

  it('leaves Ctrl-C and a closed terminal to the terminal, which tells every process itself', () => {
    expect(decideSignal({ ...facts, hasTerminal: true, signal: 'SIGINT' })).toBe('ignore');
    expect(decideSignal({ ...facts, hasTerminal: true, signal: 'SIGHUP' })).toBe('ignore');
    expect(decideSignal({ ...facts, hasTerminal: true, signal: 'SIGTERM' })).toBe('forward');
  });

  it('never kills on Windows, where that would end the program without a clean-up', () => {
    expect(decideSignal({ ...facts, platform: 'win32', signal: 'SIGINT' })).toBe('ignore');
    expect(decideSignal({ ...facts, platform: 'win32', signal: 'SIGTERM' })).toBe('ignore');
  });
});

describe('exitCodeOf', () => {
  it('is the code, or 128 and the number of the signal', () => {
    expect(exitCodeOf(0, null)).toBe(0);
    expect(exitCodeOf(2, null)).toBe(2);
    expect(exitCodeOf(null, 'SIGINT')).toBe(130);
  });
});
