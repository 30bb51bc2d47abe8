import { RESTART_SETTINGS, type Settings, type SettingsChange } from '../../../shared/settings.ts';

import { checkLibraryFolder } from './check-library-folder.ts';
import { changedSettings, writeSettings, type StoredSettings } from './settings-file.ts';

/** The settings in force, and the file they are kept in. */
export class SettingsKeeper {
  readonly #dataFolder: string;
  readonly #atStart: Settings;
  #stored: StoredSettings;
  #updating: Promise<void> = Promise.resolve();

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
    await this.#update((stored) => ({
      ...stored,
      knownLibraries: { ...stored.knownLibraries, [folder]: libraryId },
    }));
  }

  /** @throws RoostError `request/invalid` with the reason in words. */
  async change(change: SettingsChange): Promise<void> {
    const { libraryFolder } = change;
    if (libraryFolder !== undefined && libraryFolder !== this.current.libraryFolder) {
      await checkLibraryFolder(libraryFolder, this.#dataFolder);
    }
    await this.#update((stored) => ({
      ...stored,
      settings: changedSettings(stored.settings, change),
    }));
  }

  /** Changes go one after the other, each from what the one before left; in force once it is in the file. */
  async #update(change: (stored: StoredSettings) => StoredSettings): Promise<void> {
    const update = this.#updating.then(async () => {
      const stored = change(this.#stored);
      await writeSettings(this.#dataFolder, stored);
      this.#stored = stored;
    });
    this.#updating = update.catch(() => undefined);
    await update;
  }
}
