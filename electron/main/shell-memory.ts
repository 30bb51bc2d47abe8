import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { windowPlacementSchema } from './window-placement.ts';

const shellFactsSchema = z.object({
  window: windowPlacementSchema.exactOptional(),
  /** The person was told once that Roost goes on when its window is closed. */
  trayHintShown: z.boolean().default(false),
});

export type ShellFacts = z.infer<typeof shellFactsSchema>;

const LONGEST_FILE_CHARACTERS = 10_000;

/**
 * What the shell remembers between starts, in `shell.json` of the data folder. Nothing in it matters much: a
 * file that cannot be read is an empty one, and one that cannot be written is tried again at the next change.
 */
export class ShellMemory {
  readonly #path: string;
  #facts: ShellFacts;

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, 'shell.json');
    this.#facts = readFacts(this.#path);
  }

  get facts(): ShellFacts {
    return this.#facts;
  }

  /** Written before it returns: the window may be closing. Answers whether it could be written. */
  remember(changed: Partial<ShellFacts>): boolean {
    this.#facts = { ...this.#facts, ...changed };
    try {
      const fresh = `${this.#path}.new`;
      writeFileSync(fresh, `${JSON.stringify(this.#facts, null, 2)}\n`);
      renameSync(fresh, this.#path);
      return true;
    } catch {
      return false;
    }
  }
}

function readFacts(path: string): ShellFacts {
  try {
    const text = readFileSync(path, 'utf8');
    if (text.length <= LONGEST_FILE_CHARACTERS) return shellFactsSchema.parse(JSON.parse(text));
  } catch {
    // Absent at the first start; damaged ones are written anew.
  }
  return shellFactsSchema.parse({});
}
