import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { z } from 'zod';

import { settingsSchema, type Settings, type SettingsChange } from '../../../shared/settings.ts';
import { isCode, nodeFileSystem } from '../library/file-system.ts';
import { writeFileDurably } from '../library/write-file-durably.ts';

const storedSchema = z.object({
  settings: settingsSchema,
  /** This Roost's id on the network; stays for its life. */
  serverId: z.uuid(),
  /** Libraries this computer has opened: an empty folder in the place of one is a missing drive. */
  knownLibraries: z.record(z.string(), z.uuid()).default({}),
});

export type StoredSettings = z.infer<typeof storedSchema>;

export interface SettingsDefaults {
  readonly picturesFolder: string;
}

export interface ReadSettings {
  readonly stored: StoredSettings;
  /** Set when the file could not be understood: where it was put aside. */
  readonly brokenFile?: string;
}

function settingsPath(dataFolder: string): string {
  return join(dataFolder, 'config.json');
}

/**
 * Reads the settings file, or gives the defaults where there is none. A file that cannot be understood is put
 * aside, never overwritten. Platform errors of the data folder pass through.
 */
export async function readSettings(
  dataFolder: string,
  defaults: SettingsDefaults,
): Promise<ReadSettings> {
  const path = settingsPath(dataFolder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    return { stored: freshSettings(defaults) };
  }
  try {
    return { stored: storedSchema.parse(JSON.parse(text)) };
  } catch {
    const brokenFile = `${path}.broken-${Date.now()}`;
    await rename(path, brokenFile);
    return { stored: freshSettings(defaults), brokenFile };
  }
}

export async function writeSettings(dataFolder: string, stored: StoredSettings): Promise<void> {
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const text = `${JSON.stringify(storedSchema.parse(stored), undefined, 2)}\n`;
  await writeFileDurably(nodeFileSystem, settingsPath(dataFolder), text);
}

/** The settings with a change applied; the schema refuses what cannot be set. */
export function changedSettings(settings: Settings, change: SettingsChange): Settings {
  return settingsSchema.parse({ ...settings, ...withoutUndefined(change) });
}

function withoutUndefined(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

function freshSettings(defaults: SettingsDefaults): StoredSettings {
  return {
    settings: settingsSchema.parse({
      name: computerName(),
      libraryFolder: join(defaults.picturesFolder, 'Roost'),
    }),
    serverId: randomUUID(),
    knownLibraries: {},
  };
}

function computerName(): string {
  const first = hostname().split('.')[0]?.trim().slice(0, 63);
  return first === undefined || first === '' ? 'Roost' : first;
}
