import { expect, it } from 'vitest';

import { autostartEntry } from './autostart-entry.ts';

function execLineOf(command: readonly string[]): string | undefined {
  return /^Exec=(.*)$/m.exec(autostartEntry(command))?.[1];
}

it('starts the program with its flags', () => {
  expect(execLineOf(['/opt/Roost/roost', '--hidden'])).toBe('"/opt/Roost/roost" "--hidden"');
});

it('keeps a path with signs that mean something in the file', () => {
  expect(execLineOf(['/home/a b/100%/$HOME/`x`/"q"'])).toBe(
    String.raw`"/home/a b/100%%/\\$HOME/\\` + '`x' + String.raw`\\` + '`' + String.raw`/\\"q\\""`,
  );
});
