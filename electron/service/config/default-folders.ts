import { posix, win32 } from 'node:path';

/** The part of the environment that says where a person's folders are. */
export type FolderEnvironment = Readonly<Record<string, string | undefined>>;

/** Roost's own data (catalog, previews, settings, logs), by the custom of each platform. */
export function defaultDataFolder(
  platform: NodeJS.Platform,
  env: FolderEnvironment,
  homeFolder: string,
): string {
  if (platform === 'win32') {
    return win32.join(env['APPDATA'] ?? win32.join(homeFolder, 'AppData', 'Roaming'), 'Roost');
  }
  if (platform === 'darwin') {
    return posix.join(homeFolder, 'Library', 'Application Support', 'Roost');
  }
  // The XDG base directory specification asks to ignore relative paths.
  const xdg = env['XDG_DATA_HOME'];
  const base = xdg && posix.isAbsolute(xdg) ? xdg : posix.join(homeFolder, '.local', 'share');
  return posix.join(base, 'roost');
}

/** The user's Pictures folder; Electron and desktops may know a better one and pass it in. */
export function defaultPicturesFolder(
  platform: NodeJS.Platform,
  env: FolderEnvironment,
  homeFolder: string,
): string {
  if (platform === 'win32') return win32.join(env['USERPROFILE'] ?? homeFolder, 'Pictures');
  const xdg = env['XDG_PICTURES_DIR'];
  if (platform === 'linux' && xdg && posix.isAbsolute(xdg)) return xdg;
  return posix.join(homeFolder, 'Pictures');
}
