import { isAbsolute } from 'node:path';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { RESTART_SETTINGS, type Settings, type SettingsChange } from '../../../shared/settings.ts';

import { changedSettings, writeSettings, type StoredSettings } from './settings-file.ts';

/** The settings in force, and the file they are kept in. */
export class SettingsKeeper {
  readonly #dataFolder: string;
  readonly #atStart: Settings;
  #stored: StoredSettings;

  constructor(dataFolder: string, stored: StoredSettings) {
    this.#dataFolder = dataFolder;
    this.#stored = stored;
    this.#atStart = stored.settings;
  }

  get current(): Settings {
    return this.#stored.settings;
  }

  get serverId(): string {
    return this.#stored.serverId;
  }

  get restartNeeded(): boolean {
    return RESTART_SETTINGS.some((name) => this.current[name] !== this.#atStart[name]);
  }

  /** The id of the library this computer knows a folder by. */
  knownLibraryId(folder: string): string | undefined {
    return this.#stored.knownLibraries[folder];
  }

  async noteLibrary(folder: string, libraryId: string): Promise<void> {
    const knownLibraries = { ...this.#stored.knownLibraries, [folder]: libraryId };
    await this.#write({ ...this.#stored, knownLibraries });
  }

  /** @throws RoostError `request/invalid` with the reason in words. */
  async change(change: SettingsChange): Promise<void> {
    const { libraryFolder } = change;
    if (libraryFolder !== undefined && !isAbsolute(libraryFolder)) {
      throw new RoostError('request/invalid', 'The library folder must be a full path.');
    }
    await this.#write({ ...this.#stored, settings: changedSettings(this.current, change) });
  }

  async #write(stored: StoredSettings): Promise<void> {
    await writeSettings(this.#dataFolder, stored);
    this.#stored = stored;
  }
}
