import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

import { SetupError } from './setup-error.mjs';

/**
 * Program names on the PATH, best first: Chromium without the parts that draw a browser's own
 * window, which tests pay for with every page they open, Chromium itself, then what is built on it.
 */
const PATH_NAMES = {
  linux: [
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge-stable',
    'microsoft-edge',
  ],
  darwin: ['chromium'],
  win32: ['chrome.exe', 'msedge.exe'],
};

const LINUX_PLACES = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/opt/microsoft/msedge/msedge',
  '/snap/bin/chromium',
];

const MAC_APPS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** What this system asks for when no browser is found. */
export const BROWSER_ADVICE =
  'The browser tests need Chromium, Google Chrome or Microsoft Edge, and none was found. Install one ' +
  '(Debian: sudo apt-get install chromium; others: https://www.google.com/chrome), ' +
  'or set ROOST_BROWSER to the path of its program, then try again.';

/**
 * @typedef {object} BrowserFacts
 * @property {NodeJS.Platform} platform
 * @property {NodeJS.ProcessEnv} env
 * @property {string} home the person's home folder
 */

/**
 * Every place a browser may be at, in the order they are tried: the PATH, then where installers put them.
 * @param {BrowserFacts} facts
 * @returns {string[]} absolute paths
 */
export function browserPlaces({ platform, env, home }) {
  if (platform === 'win32') {
    const roots = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    return [
      ...onPath(win32, env['PATH'] ?? env['Path'], PATH_NAMES.win32),
      // Browser first, folder second: Chrome in any folder before Edge, which is on every Windows.
      ...WINDOWS_PROGRAMS.flatMap((program) =>
        roots.filter((root) => root !== undefined).map((root) => win32.join(root, program)),
      ),
    ];
  }
  if (platform === 'darwin') {
    return [
      ...onPath(posix, env['PATH'], PATH_NAMES.darwin),
      ...MAC_APPS.flatMap((app) => [`/Applications/${app}`, posix.join(home, 'Applications', app)]),
    ];
  }
  return [...onPath(posix, env['PATH'], PATH_NAMES.linux), ...LINUX_PLACES];
}

/**
 * @param {Pick<typeof posix, 'delimiter' | 'join' | 'isAbsolute'>} paths
 * @param {string | undefined} pathVariable
 * @param {readonly string[]} names
 */
function onPath(paths, pathVariable, names) {
  const folders = (pathVariable ?? '').split(paths.delimiter).filter((f) => paths.isAbsolute(f));
  return names.flatMap((name) => folders.map((folder) => paths.join(folder, name)));
}

/**
 * The browser the tests drive. `ROOST_BROWSER` wins over everything found.
 * @param {BrowserFacts} facts
 * @param {(path: string) => boolean} isProgram
 * @returns {string | undefined} path of its program
 * @throws {SetupError} when ROOST_BROWSER names something that is not a program
 */
export function findBrowser(
  facts = { platform: process.platform, env: process.env, home: homedir() },
  isProgram = isProgramFile,
) {
  const chosen = facts.env['ROOST_BROWSER'];
  if (chosen) {
    if (isProgram(chosen)) return chosen;
    throw new SetupError(`ROOST_BROWSER is ${chosen}, and no program is there.`);
  }
  return browserPlaces(facts).find(isProgram);
}

/** @param {string} path */
function isProgramFile(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Not there, not ours to run, or in a folder we may not look into: not a browser for us.
    return false;
  }
}
