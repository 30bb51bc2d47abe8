import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { DECODER_LIBRARIES, DECODER_VERSION } from './decoder-version.ts';

it('names the very versions of the media libraries that package.json asks for', () => {
  const file = join(import.meta.dirname, '../../../package.json');
  const { dependencies } = JSON.parse(readFileSync(file, 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const names = Object.keys(DECODER_LIBRARIES);
  expect(DECODER_LIBRARIES).toEqual(
    Object.fromEntries(names.map((name) => [name, dependencies[name]])),
  );
  for (const name of names) expect(DECODER_VERSION).toContain(`${name}@`);
});
