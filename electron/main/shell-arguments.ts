import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { ServiceStart } from './service-messages.ts';

/** Told by the system's sign-in start: the service runs, the window stays closed. */
export const HIDDEN_FLAG = '--hidden';

export interface ShellArguments {
  /** Absolute; absent for the usual place. */
  readonly dataFolder?: string;
  readonly hidden: boolean;
  readonly overrides: ServiceStart['overrides'];
}

/**
 * The shell's own flags, named as those of `roost serve`. Chromium and the system add flags of theirs to a
 * desktop program, so unknown ones are left alone, and a value that makes no sense is as if it was not given.
 *
 * @param args without the program and, in a clone, the project folder; folders may be relative to `cwd`.
 */
export function parseShellArguments(args: readonly string[], cwd: string): ShellArguments {
  const { values } = parseArgs({
    args: [...args],
    strict: false,
    options: {
      data: { type: 'string' },
      library: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      'window-port': { type: 'string' },
      'no-mdns': { type: 'boolean' },
      hidden: { type: 'boolean' },
    },
  });
  const dataFolder = folder(values.data, cwd);
  return {
    ...(dataFolder && { dataFolder }),
    hidden: values.hidden === true,
    overrides: defined({
      libraryFolder: folder(values.library, cwd),
      lanHost: text(values.host),
      lanPort: port(values.port),
      windowPort: port(values['window-port']),
      announce: values['no-mdns'] === true ? false : undefined,
    }),
  };
}

type Value = string | boolean | undefined;

function text(value: Value): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function folder(value: Value, cwd: string): string | undefined {
  const path = text(value);
  return path === undefined || isAbsolute(path) ? path : resolve(cwd, path);
}

function port(value: Value): number | undefined {
  const number = Number(text(value) ?? Number.NaN);
  return Number.isInteger(number) && number >= 0 && number <= 65_535 ? number : undefined;
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function defined<T extends object>(values: T): Defined<T> {
  // Object.fromEntries forgets the keys it was given.
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Defined<T>;
}
