import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import { expect, it } from 'vitest';

const RENDERER = join(import.meta.dirname, '..');

const PHYSICAL = [
  /(?:^|[\s;{])(?:left|right)\s*:(?! 50%)/,
  /(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)/,
  /border-(?:top|bottom)-(?:left|right)-radius/,
  /text-align\s*:\s*(?:left|right)/,
  /float\s*:\s*(?:left|right)/,
];

/** Lines that mean a side of the screen instead of a side of the text. `left: 50%` is the middle either way. */
function physicalLines(css: string): string[] {
  return css
    .split('\n')
    .filter((line) => PHYSICAL.some((each) => each.test(line)) || differs(line));
}

/** Four values with another right than left: `padding: 0 1px 0 2px`. */
function differs(line: string): boolean {
  const values = /(?:margin|padding|inset)\s*:\s*([^;]+);/.exec(line)?.[1];
  const parts = values?.match(/(?:[a-z-]*\([^()]*(?:\([^()]*\)[^()]*)*\)|[^\s()]+)/g);
  return parts?.length === 4 && parts[1] !== parts[3];
}

it('sees a side of the screen in all the ways it can be written', () => {
  const lines = [
    '  left: 0;',
    'margin-right: 1px;',
    'text-align: left;',
    'padding: 0 1px 0 var(--a);',
  ];
  expect(physicalLines(lines.join('\n'))).toEqual(lines);
  const good = [
    'left: 50%;',
    'inset-inline-start: 0;',
    'padding: 0 1px 0 1px;',
    'margin: calc((1px + 2px) * -1) 0;',
  ];
  expect(physicalLines(good.join('\n'))).toEqual([]);
});

it('no style sheet of the window means a side of the screen, so that it can be read from the right', () => {
  const sheets = globSync('**/*.css', { cwd: RENDERER }).filter(
    (path) => path.split(sep)[0] !== 'web-upload',
  );
  expect(sheets.length).toBeGreaterThan(20);
  const found = sheets.flatMap((path) =>
    physicalLines(readFileSync(join(RENDERER, path), 'utf8')).map(
      (line) => `${path}: ${line.trim()}`,
    ),
  );
  expect(found).toEqual([]);
});
