import { describe, expect, it } from 'vitest';

import { defaultDataFolder, defaultPicturesFolder } from './default-folders.ts';

describe('the folder for data', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.local/share/roost'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/ada', '/data/roost'],
    ['linux', { XDG_DATA_HOME: 'data' }, '/home/ada', '/home/ada/.local/share/roost'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/ada', '/home/ada/.local/share/roost'],
    ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/Roost'],
    ['win32', {}, 'C:\\Users\\Ada', 'C:\\Users\\Ada\\AppData\\Roaming\\Roost'],
    ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\Ada', 'D:\\Roaming\\Roost'],
  ] as const)('on %s with %j is the custom one', (platform, env, home, folder) => {
    expect(defaultDataFolder(platform, env, home)).toBe(folder);
  });
});

describe('the folder for pictures', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/Pictures'],
    ['linux', { XDG_PICTURES_DIR: '/home/ada/Bilder' }, '/home/ada', '/home/ada/Bilder'],
    ['linux', { XDG_PICTURES_DIR: 'Bilder' }, '/home/ada', '/home/ada/Pictures'],
    ['darwin', { XDG_PICTURES_DIR: '/x' }, '/Users/ada', '/Users/ada/Pictures'],
    ['win32', { USERPROFILE: 'D:\\Ada' }, 'C:\\Users\\Ada', 'D:\\Ada\\Pictures'],
    ['win32', {}, 'C:\\Users\\Ada', 'C:\\Users\\Ada\\Pictures'],
  ] as const)('on %s with %j is the custom one', (platform, env, home, folder) => {
    expect(defaultPicturesFolder(platform, env, home)).toBe(folder);
  });
});
