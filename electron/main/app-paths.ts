import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { app } from 'electron';

import { defaultDataFolder } from '../service/config/default-folders.ts';
import { buildPaths, type BuildPaths } from './build-paths.ts';

export interface AppPaths extends BuildPaths {
  /** The service's data folder, which the shell and Chromium share with it. */
  readonly dataFolder: string;
}

/**
 * Decides the folders before anything else uses one. Chromium's own files go below the data folder, so that
 * "one Roost per data folder" (the single-instance lock lives there) and "remove the folder" mean what they say.
 *
 * @param mainFolder the folder of the built main program (out/main).
 */
export function setUpAppPaths(mainFolder: string, dataFolderArgument?: string): AppPaths {
  app.setName('Roost');
  const dataFolder =
    dataFolderArgument ?? defaultDataFolder(process.platform, process.env, app.getPath('home'));
  const chromiumFolder = join(dataFolder, 'shell');
  // Photos and tokens of one person: nobody else on the computer looks in.
  mkdirSync(chromiumFolder, { recursive: true, mode: 0o700 });
  app.setPath('userData', chromiumFolder);
  return { ...buildPaths(mainFolder), dataFolder };
}
