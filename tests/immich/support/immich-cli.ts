import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The command line tools of Immich, unmodified, as people install them from npm. */
const PROGRAMS = {
  3: '@immich/cli/bin/immich',
  2: 'immich-cli-2/dist/index.js',
};

/** How each calls logging in with a key. */
export const LOGIN_COMMANDS = { 3: 'login', 2: 'login-key' } as const;

export interface CliResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs `immich <args>` with a configuration folder of its own. */
export async function runImmich(
  major: keyof typeof PROGRAMS,
  configFolder: string,
  args: readonly string[],
): Promise<CliResult> {
  const program = join(import.meta.dirname, '../../../node_modules', PROGRAMS[major]);
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, IMMICH_CONFIG_DIR: configFolder, CI: 'true', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  }
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}
