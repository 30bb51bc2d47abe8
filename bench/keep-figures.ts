import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Benchmark } from './bench-options.ts';

const README = join(import.meta.dirname, 'README.md');

/** Puts a benchmark's figures in the place of its last ones in bench/README.md. */
export async function keepFigures(benchmark: Benchmark, figures: string): Promise<void> {
  await writeFile(README, withFigures(await readFile(README, 'utf8'), benchmark, figures));
}

/**
 * A document with a benchmark's figures between its two marks.
 * @throws for a document without them.
 */
export function withFigures(document: string, benchmark: Benchmark, figures: string): string {
  const [begin, end] = [`<!-- figures: ${benchmark} -->`, `<!-- end: ${benchmark} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the document has no place for ${benchmark}`);
  return `${document.slice(0, from + begin.length)}\n\n${figures.trim()}\n\n${document.slice(to)}`;
}
