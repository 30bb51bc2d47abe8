import { describe, expect, it } from 'vitest';

import { canInstallChromium } from './ensure-browser.mjs';
import { browserPlaces, findBrowser } from './find-browser.mjs';

const LINUX = {
  platform: 'linux',
  env: { PATH: '/usr/local/bin:/usr/bin' },
  home: '/home/ada',
} as const;
const MAC = { platform: 'darwin', env: { PATH: '/opt/homebrew/bin' }, home: '/Users/ada' } as const;
const WINDOWS = {
  platform: 'win32',
  env: {
    PATH: 'C:\\Windows;D:\\tools',
    PROGRAMFILES: 'C:\\Program Files',
    'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
    LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local',
  },
  home: 'C:\\Users\\ada',
} as const;

/** A computer on which these programs are. */
const having =
  (...paths: string[]) =>
  (path: string) =>
    paths.includes(path);

describe('findBrowser', () => {
  it('prefers the Chromium without a window of its own to all others', () => {
    const shell = '/usr/bin/chromium-headless-shell';
    expect(findBrowser(LINUX, having('/usr/local/bin/chromium', shell))).toBe(shell);
    expect(findBrowser({ ...LINUX, env: {} }, having('/usr/bin/chromium', shell))).toBe(shell);
  });

  it('prefers Chromium to Chrome, and Chrome to Edge, on Linux', () => {
    const edge = '/usr/bin/microsoft-edge';
    const chrome = '/usr/local/bin/google-chrome';
    const chromium = '/usr/bin/chromium';
    expect(findBrowser(LINUX, having(edge))).toBe(edge);
    expect(findBrowser(LINUX, having(edge, chrome))).toBe(chrome);
    expect(findBrowser(LINUX, having(edge, chrome, chromium))).toBe(chromium);
  });

  it('takes the first folder of the PATH', () => {
    const both = having('/usr/bin/chromium', '/usr/local/bin/chromium');
    expect(findBrowser(LINUX, both)).toBe('/usr/local/bin/chromium');
  });

  it('knows where installers put a browser without touching the PATH', () => {
    const snap = '/snap/bin/chromium';
    expect(findBrowser({ ...LINUX, env: {} }, having(snap))).toBe(snap);
    const ownChrome = '/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    const edge = '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';
    expect(findBrowser(MAC, having(edge))).toBe(edge);
    expect(findBrowser(MAC, having(edge, ownChrome))).toBe(ownChrome);
  });

  it('prefers Chrome in any folder to the Edge of every Windows', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const chrome = 'C:\\Users\\ada\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe';
    expect(findBrowser(WINDOWS, having(edge))).toBe(edge);
    expect(findBrowser(WINDOWS, having(edge, chrome))).toBe(chrome);
    expect(findBrowser(WINDOWS, having('D:\\tools\\chrome.exe', chrome))).toBe(
      'D:\\tools\\chrome.exe',
    );
  });

  it('goes by ROOST_BROWSER before everything else', () => {
    const facts = { ...LINUX, env: { ...LINUX.env, ROOST_BROWSER: '/opt/mine' } };
    expect(findBrowser(facts, having('/usr/bin/chromium', '/opt/mine'))).toBe('/opt/mine');
  });

  it('does not look elsewhere when ROOST_BROWSER is wrong', () => {
    const facts = { ...LINUX, env: { ...LINUX.env, ROOST_BROWSER: '/opt/typo' } };
    expect(() => findBrowser(facts, having('/usr/bin/chromium'))).toThrow(
      'ROOST_BROWSER is /opt/typo, and no program is there.',
    );
  });

  it('finds nothing where nothing is', () => {
    for (const facts of [LINUX, MAC, WINDOWS]) {
      expect(findBrowser(facts, () => false)).toBeUndefined();
    }
  });
});

describe('browserPlaces', () => {
  it('are whole paths, whatever the environment looks like', () => {
    const odd = { PATH: ':relative:.', PROGRAMFILES: undefined };
    for (const facts of [LINUX, MAC, WINDOWS]) {
      const root = facts.platform === 'win32' ? /^[A-Z]:\\/ : /^\//;
      for (const place of browserPlaces({ ...facts, env: odd })) expect(place).toMatch(root);
    }
  });
});

describe('canInstallChromium', () => {
  const root = { platform: 'linux', userId: 0 } as const;

  it('is for root on Debian and its relatives', () => {
    expect(canInstallChromium({ ...root, osRelease: 'NAME="Debian"\nID=debian\n' })).toBe(true);
    expect(
      canInstallChromium({ ...root, osRelease: 'ID=linuxmint\nID_LIKE="ubuntu debian"' }),
    ).toBe(true);
  });

  it('is not for others', () => {
    expect(
      canInstallChromium({ ...root, osRelease: 'ID=fedora\nHOME_URL=https://debian.org' }),
    ).toBe(false);
    expect(canInstallChromium({ ...root, userId: 1000, osRelease: 'ID=debian' })).toBe(false);
    expect(canInstallChromium({ platform: 'darwin', userId: 0, osRelease: '' })).toBe(false);
    expect(canInstallChromium({ platform: 'win32', userId: undefined, osRelease: '' })).toBe(false);
  });
});
