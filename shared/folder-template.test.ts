import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  DEFAULT_FOLDER_TEMPLATE,
  folderTemplate,
  parseTemplate,
  renderTemplate,
  templateExample,
  TEMPLATE_TOKENS,
} from './folder-template.ts';
import { settingsChangeSchema } from './settings.ts';

it('shows where a photo would go', () => {
  expect(templateExample(folderTemplate(DEFAULT_FOLDER_TEMPLATE))).toBe(
    'My iPhone/2026/2026-11/IMG_4711.HEIC',
  );
  expect(templateExample(folderTemplate('{camera}/{day}.{month}. {hour}h/{name}'))).toBe(
    'Apple iPhone 17 Pro/03.11. 16h/IMG_4711.HEIC',
  );
});

it('may put all files into one folder', () => {
  expect(templateExample(folderTemplate('{device}/{name}'))).toBe('My iPhone/IMG_4711.HEIC');
});

describe('a template that cannot be used', () => {
  it.each([
    ['', 'The template is empty.'],
    ['{device}/{year}', 'The last part must have {name} in it, once, and no other part.'],
    ['{name}/{year}', 'The last part must have {name} in it, once, and no other part.'],
    ['{name}/{name}', 'The last part must have {name} in it, once, and no other part.'],
    ['{name}{name}', 'The last part must have {name} in it, once, and no other part.'],
    ['{device}//{name}', 'There is nothing between two "/", or before or after one.'],
    ['/{name}', 'There is nothing between two "/", or before or after one.'],
    ['{device}/{name}/', 'There is nothing between two "/", or before or after one.'],
    ['{owner}/{name}', 'There is no {owner}.'],
    ['{Year}/{name}', 'There is no {Year}.'],
    ['{year/{name}', 'A "{" has no counterpart.'],
    ['year}/{name}', 'A "}" has no counterpart.'],
    ['{device}\\{name}', 'Parts are separated by "/", also on Windows.'],
    ['what?/{name}', '"?" cannot stand in a name on every computer.'],
    ['a\u0007b/{name}', 'There is a character in it that cannot be seen.'],
    ['../{name}', '".." begins or ends with a dot or a blank.'],
    ['.roost/{name}', '".roost" begins or ends with a dot or a blank.'],
    ['{year} /{name}', '"{year} " begins or ends with a dot or a blank.'],
    ['SHA256SUMS/{name}', '"SHA256SUMS" is a name that is kept for something else.'],
    ['con/{name}', '"con" is a name that is kept for something else.'],
    ['a/b/c/d/e/f/g/h/{name}', 'There are more than 8 parts.'],
    [`${'a'.repeat(200)}/{name}`, 'The template is longer than 200 characters.'],
  ])('%j says why', (text, problem) => {
    expect(parseTemplate(text)).toEqual({ problem });
    expect(() => folderTemplate(text)).toThrow(problem);
    const set = settingsChangeSchema.safeParse({ folderTemplate: text });
    expect(set.error?.issues[0]?.message).toBe(problem);
  });
});

it('is what it was when it is put together from its parts again', () => {
  const piece = fc.oneof(
    fc.constantFrom(...TEMPLATE_TOKENS.filter((token) => token !== 'name')).map((t) => `{${t}}`),
    fc.constantFrom('a', 'Fotos', '2', '-', '_', 'ü'),
  );
  const part = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(part, { maxLength: 5 }), part, (folders, before) => {
      const text = [...folders, `${before}{name}`].join('/');
      const read = parseTemplate(text);
      if ('problem' in read) {
        expect(read.problem).toMatch(/longer than|kept for/);
        return;
      }
      const values = Object.fromEntries(TEMPLATE_TOKENS.map((token) => [token, `{${token}}`]));
      const rendered = renderTemplate(
        read.template,
        values as Parameters<typeof renderTemplate>[1],
      );
      expect(rendered.join('/')).toBe(text);
    }),
  );
});

it('never takes a part without anything in it, one that hides, or one that leads out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const read = parseTemplate(`${text}/{name}`);
      if ('problem' in read) return;
      for (const part of templateExample(read.template).split('/')) {
        expect(part).not.toMatch(/^[.\s]|[.\s]$|^$/u);
      }
    }),
  );
});
