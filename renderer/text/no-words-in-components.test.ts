import { globSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import ts from 'typescript';
import { expect, it } from 'vitest';

const RENDERER = join(import.meta.dirname, '..');

/** Attributes that a person reads or hears. */
const READ =
  /^(aria-(label|description|valuetext|roledescription)|title|label|alt|placeholder|hint|description|valueLabel|closeLabel|confirmLabel|cancelLabel|copyLabel)$/;
const HAS_WORD = /\p{L}{2,}/u;

/** Every word in a component that is not in a table of `text/`, as `file:line words`. */
function literalWords(path: string): string[] {
  const file = ts.createSourceFile(
    path,
    readFileSync(path, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    ts.ScriptKind.TSX,
  );
  const found: string[] = [];
  const note = (node: ts.Node, words: string): void => {
    const { line } = file.getLineAndCharacterOfPosition(node.getStart());
    if (HAS_WORD.test(words)) {
      found.push(`${relative(RENDERER, path)}:${line + 1} ${words.trim()}`);
    }
  };
  const look = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression) {
      noteLiterals(node.expression);
    }
    if (ts.isJsxAttribute(node) && READ.test(node.name.getText())) {
      const { initializer } = node;
      if (initializer && ts.isStringLiteral(initializer)) note(initializer, initializer.text);
      if (initializer && ts.isJsxExpression(initializer) && initializer.expression) {
        noteLiterals(initializer.expression);
      }
    }
    ts.forEachChild(node, look);
  };
  /** What an expression may come out as: its own literals, not those it compares with or passes on. */
  const noteLiterals = (node: ts.Expression): void => {
    if (ts.isStringLiteralLike(node)) note(node, node.text);
    if (ts.isTemplateExpression(node)) {
      note(
        node,
        [node.head, ...node.templateSpans.map(({ literal }) => literal)]
          .map(({ text }) => text)
          .join(' '),
      );
    }
    if (ts.isParenthesizedExpression(node)) noteLiterals(node.expression);
    if (ts.isConditionalExpression(node)) {
      noteLiterals(node.whenTrue);
      noteLiterals(node.whenFalse);
    }
    if (ts.isBinaryExpression(node)) noteLiterals(node.right);
  };
  look(file);
  return found;
}

it('finds words where they stand in a component', () => {
  const path = join(import.meta.dirname, 'sample-with-words.fixture.txt');
  expect(literalWords(path).map((each) => each.replace(/^.* /, ''))).toEqual([
    'Attribute',
    'Plain',
    'Either',
    'Or',
    'Template',
  ]);
});

it('no component says anything that is not in a table of text/', () => {
  const components = globSync('**/*.tsx', { cwd: RENDERER }).filter(
    (path) => !path.split(sep).includes('web-upload') && !path.endsWith('.test.tsx'),
  );
  expect(components.length).toBeGreaterThan(50);
  expect(components.flatMap((path) => literalWords(join(RENDERER, path)))).toEqual([]);
});
