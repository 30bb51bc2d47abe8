import { readFileSync } from 'node:fs';

import { BROWSER_ADVICE, findBrowser } from './find-browser.mjs';
import { runCaptured } from './run-captured.mjs';
import { SetupError } from './setup-error.mjs';

/** Best first: Ubuntu and older releases of Debian have only the second. */
const APT_PACKAGES = ['chromium-headless-shell', 'chromium'];

/**
 * Whether Chromium can be had with apt-get without asking anybody.
 * @param {{ platform: NodeJS.Platform, userId: number | undefined, osRelease: string }} facts `osRelease` is the text of /etc/os-release
 */
export function canInstallChromium({ platform, userId, osRelease }) {
  if (platform !== 'linux' || userId !== 0) return false;
  return /^ID(_LIKE)?="?[^\n]*\b(debian|ubuntu)\b/m.test(osRelease);
}

/**
 * The browser for the tests, installed from Debian's packages where this process may do that.
 * @returns {Promise<string>} path of its program
 * @throws {SetupError} with what to do when there is none
 */
export async function ensureBrowser() {
  const found = findBrowser();
  if (found !== undefined) return found;

  const facts = {
    platform: process.platform,
    userId: process.getuid?.(),
    osRelease: readOsRelease(),
  };
  if (!canInstallChromium(facts)) throw new SetupError(BROWSER_ADVICE);

  process.stderr.write('roost: installing Chromium with apt-get (once)\n');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCaptured('apt-get', ['update'], { cwd: '/', env });
  let said = update.output;
  for (const name of APT_PACKAGES) {
    const install = await runCaptured('apt-get', ['install', '-y', name], { cwd: '/', env });
    const installed = findBrowser();
    if (installed !== undefined) return installed;
    said += install.output;
  }
  throw new SetupError(`apt-get could not install Chromium.\n${said}\n${BROWSER_ADVICE}`);
}

function readOsRelease() {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    // Only Linux has it.
    return '';
  }
}
