import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One command of the document and the answer that stands below it. */
export interface Example {
  readonly command: string;
  readonly answer: string;
}

export const DOCUMENT = readFileSync(
  join(import.meta.dirname, '../../docs/protocol.md'),
  'utf8',
).replaceAll('\r\n', '\n');

/** All `sh` blocks with the `http` blocks that follow them, in order. */
export function examplesOf(text: string): Example[] {
  const blocks = [...text.matchAll(/^```(sh|http)\n(.*?)^```$/gms)];
  return blocks.flatMap(([, language, content = ''], index) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    if (next?.[1] !== 'http') throw new Error(`No answer stands below: ${content}`);
    return [{ command: content.trim(), answer: (next[2] ?? '').trim() }];
  });
}

/** The rows of the table whose head begins with this cell; cells are without `code` marks. */
export function tableOf(text: string, firstHead: string): string[][] {
  const lines = text.split('\n');
  const head = lines.findIndex(
    (line, at) => cellsOf(line)[0] === firstHead && lines[at + 1]?.startsWith('| --') === true,
  );
  if (head < 0) throw new Error(`No table begins with "${firstHead}".`);
  const end = lines.findIndex((line, at) => at > head && !line.startsWith('|'));
  return lines.slice(head + 2, end).map(cellsOf);
}

function cellsOf(line: string): string[] {
  if (!line.startsWith('|')) return [];
  return line
    .slice(1, line.lastIndexOf('|'))
    .split('|')
    .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1'));
}

/**
 * The words of one command, as a POSIX shell splits it: quotes, `$NAME` outside of single quotes, escapes. So
 * the examples run where there is no such shell.
 * @throws Error for a name that has no value, or anything else a shell would do
 */
export function shellWords(command: string, values: Readonly<Record<string, string>>): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let rest = command.replaceAll('\\\n', ' ');
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest);
    if (match) rest = rest.slice(match[0].length);
    return match ?? undefined;
  };
  const expand = (text: string): string =>
    text.replaceAll(/\\(["\\$])|\$([A-Z]+)/g, (_, escaped?: string, name?: string) => {
      if (escaped !== undefined) return escaped;
      const value = values[name ?? ''];
      if (value === undefined) throw new Error(`$${name ?? ''} has no value.`);
      return value;
    });
  while (rest !== '') {
    if (take(/^\s+/)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      continue;
    }
    const single = take(/^'([^']*)'/);
    const double = single ? undefined : take(/^"((?:[^"\\]|\\.)*)"/s);
    const plain = (single ?? double) ? undefined : take(/^[A-Za-z0-9@%+=:,./_$-]+/);
    if (!single && !double && !plain) throw new Error(`Not understood: ${rest}`);
    word ??= '';
    word += single ? (single[1] ?? '') : expand(double ? (double[1] ?? '') : (plain?.[0] ?? ''));
  }
  if (word !== undefined) words.push(word);
  return words;
}
