import { resolve } from 'node:path';

import { defaultDataFolder } from '../service/config/default-folders.ts';
import type { CliContext } from './cli-context.ts';

/** The data folder a command works with: the one given, else that of this computer. */
export function dataFolderOf(given: string | undefined, context: CliContext): string {
  return given === undefined
    ? defaultDataFolder(context.platform, context.env, context.homeFolder)
    : resolve(context.workingFolder, given);
}
