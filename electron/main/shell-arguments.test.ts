import { resolve } from 'node:path';

import { describe, expect, it } from 'vitest';

import { parseShellArguments } from './shell-arguments.ts';

const CWD = resolve('/somewhere');

describe("the shell's flags", () => {
  it('are all optional', () => {
    expect(parseShellArguments([], CWD)).toEqual({ hidden: false, overrides: {} });
  });

  it('say what those of roost serve say', () => {
    const args = '--data d --library /l --host 127.0.0.1 --port 0 --window-port 4001 --no-mdns';
    expect(parseShellArguments([...args.split(' '), '--hidden'], CWD)).toEqual({
      dataFolder: resolve(CWD, 'd'),
      hidden: true,
      overrides: {
        libraryFolder: '/l',
        lanHost: '127.0.0.1',
        lanPort: 0,
        windowPort: 4001,
        announce: false,
      },
    });
  });

  it("stand among the system's and Chromium's own", () => {
    const args = ['--inspect=0', '--no-sandbox', '/project', '--lang', 'de', '--data=/d', '-psn_0'];
    expect(parseShellArguments(args, CWD)).toEqual({
      dataFolder: '/d',
      hidden: false,
      overrides: {},
    });
  });

  it.each([
    ['--port'],
    ['--port', 'x'],
    ['--port', '-1'],
    ['--port', '70000'],
    ['--data='],
    ['--data'],
  ])('are as if not given when they make no sense: %s %s', (...args) => {
    expect(parseShellArguments(args, CWD)).toEqual({ hidden: false, overrides: {} });
  });
});
