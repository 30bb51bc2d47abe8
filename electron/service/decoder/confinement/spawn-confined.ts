import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

import { type Confinement, FILTER_DESCRIPTOR } from './confinement.ts';

export interface ConfinedCommand {
  readonly nodePath: string;
  readonly nodeFlags: readonly string[];
  /** Script and its arguments. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Standard output; a decoder has none. */
  readonly stdout: 'ignore' | 'pipe';
}

/** Starts Node confined, with a channel to us like that of `fork`. */
export function spawnConfined(
  { wrapper, nodeFlags }: Pick<Confinement, 'wrapper' | 'nodeFlags'>,
  command: ConfinedCommand,
): ChildProcess {
  const line = [
    ...wrapper.command,
    command.nodePath,
    ...nodeFlags,
    ...command.nodeFlags,
    ...command.args,
  ];
  const [program = command.nodePath, ...args] = line;
  const child = spawn(program, args, {
    env: command.env,
    serialization: 'advanced',
    stdio: [
      'ignore',
      command.stdout,
      'pipe',
      'ipc',
      ...(wrapper.filter === undefined ? [] : (['pipe'] as const)),
    ],
    windowsHide: true,
  });
  const filterEnd = child.stdio[FILTER_DESCRIPTOR];
  if (wrapper.filter !== undefined && filterEnd) {
    // One that ended before it read this has more to tell than a broken pipe.
    filterEnd.on('error', () => undefined);
    (filterEnd as Writable).end(wrapper.filter);
  }
  return child;
}
