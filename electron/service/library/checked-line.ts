import { createHash } from 'node:crypto';

/**
 * A line of an append-only file: one JSON object whose last member `sum` is the first 16 hex digits of the
 * SHA-256 of the text before it. So every line proves itself, and stays plain JSON for any other reader.
 */
const SUM_MEMBER = /^(\{.*),"sum":"([0-9a-f]{16})"\}$/;

/** Longest line that is read: a receipt with the longest names is far below. */
export const MAX_LINE_BYTES = 256 * 1024;

export function checkedLine(value: object): string {
  const text = JSON.stringify(value).slice(0, -1);
  return `${text},"sum":"${sumOf(text)}"}\n`;
}

/** The value of a line (without its newline), or `undefined` when the line is damaged. */
export function parseCheckedLine(line: string): unknown {
  const match = SUM_MEMBER.exec(line);
  const [, text, sum] = match ?? [];
  if (text === undefined || sum !== sumOf(text)) return undefined;
  try {
    return JSON.parse(`${text}}`) as unknown;
  } catch {
    return undefined;
  }
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
