import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ShellMemory } from './shell-memory.ts';

const WINDOW = { x: 10, y: 20, width: 900, height: 600, maximized: false };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'roost-shell-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('what the shell remembers', () => {
  it('is nothing at the first start', () => {
    expect(new ShellMemory(folder).facts).toEqual({ trayHintShown: false });
  });

  it('is there at the next start', () => {
    const memory = new ShellMemory(folder);
    memory.remember({ window: WINDOW });
    memory.remember({ trayHintShown: true });
    expect(new ShellMemory(folder).facts).toEqual({ window: WINDOW, trayHintShown: true });
    expect(readdirSync(folder)).toEqual(['shell.json']);
  });

  it.each([
    ['no JSON', '{"window":'],
    ['something else', '[]'],
    ['a window of no size', '{"window":{"x":0,"y":0,"width":0,"height":1,"maximized":false}}'],
    ['far too much', `{"trayHintShown":true,"more":"${'x'.repeat(20_000)}"}`],
  ])('is nothing when the file holds %s', (_what, text) => {
    writeFileSync(join(folder, 'shell.json'), text);
    expect(new ShellMemory(folder).facts).toEqual({ trayHintShown: false });
  });

  it('lasts until the end of this start when it cannot be written', () => {
    const memory = new ShellMemory(join(folder, 'gone'));
    expect(memory.remember({ trayHintShown: true })).toBe(false);
    expect(memory.facts.trayHintShown).toBe(true);
  });
});
