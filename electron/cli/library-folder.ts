import { resolve } from 'node:path';

import { defaultPicturesFolder } from '../service/config/default-folders.ts';
import { readSettings } from '../service/config/settings-file.ts';
import type { CliContext } from './cli-context.ts';

/** The library folder a command works with: the one given, else that of the settings in the data folder. */
export async function libraryFolderOf(
  given: string | undefined,
  dataFolder: string,
  context: CliContext,
): Promise<string> {
  if (given !== undefined) return resolve(context.workingFolder, given);
  const picturesFolder = picturesFolderOf(context);
  const { stored } = await readSettings(dataFolder, { picturesFolder });
  return stored.settings.libraryFolder;
}

export function picturesFolderOf(context: CliContext): string {
  return defaultPicturesFolder(context.platform, context.env, context.homeFolder);
}
