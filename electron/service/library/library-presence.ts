import { constants } from 'node:fs';
import { access } from 'node:fs/promises';

import { isCode, type FileFacts, type FileSystem } from './file-system.ts';
import { readIdentity } from './library-identity.ts';
import type { LibraryLayout } from './library-layout.ts';

/**
 * How an open library is found:
 * `as-left` may be used on; `gone` its drive is away; `other` another library lies in its place; `read-only` its
 * drive takes no writes; `changed` it must be opened anew, since its drive was mounted again or somebody else
 * wrote to it meanwhile.
 */
export type LibraryLook = 'as-left' | 'gone' | 'other' | 'read-only' | 'changed';

interface OpenedLog {
  isAsLeft(): Promise<boolean>;
}

export interface PresenceParts {
  readonly files: FileSystem;
  readonly layout: LibraryLayout;
  readonly libraryId: string;
  /** What only this service appends to while it has the library open. */
  readonly logs: readonly OpenedLog[];
}

/** Looks after an open library: whether it is still the one that was opened, and as this service left it. */
export class LibraryPresence {
  readonly #parts: PresenceParts;
  /** Of the identity file when it was opened. */
  readonly #dev: bigint;
  /** Of the identity file when it was last read: while they stay, so does what it says. */
  #seen: FileFacts;

  private constructor(parts: PresenceParts, facts: FileFacts) {
    this.#parts = parts;
    this.#dev = facts.dev;
    this.#seen = facts;
  }

  /** Call it with the library's lock held. Errors are the platform's. */
  static async of(parts: PresenceParts): Promise<LibraryPresence> {
    return new LibraryPresence(parts, await parts.files.stat(parts.layout.identityFile));
  }

  /** A cheap look, for every request: whether this very library is there right now. Never rejects. */
  async isThere(): Promise<boolean> {
    return (await this.#find()) === 'there';
  }

  /** The whole look. Never rejects. */
  async look(): Promise<LibraryLook> {
    const { layout, logs } = this.#parts;
    const found = await this.#find();
    if (found !== 'there') return found;
    if (this.#seen.dev !== this.#dev) return 'changed';
    if (await isReadOnly(layout.ownFolder)) return 'read-only';
    try {
      for (const log of logs) if (!(await log.isAsLeft())) return 'changed';
      return 'as-left';
    } catch {
      return 'gone';
    }
  }

  async #find(): Promise<'there' | 'gone' | 'other' | 'changed'> {
    const { files, layout, libraryId } = this.#parts;
    let facts: FileFacts;
    try {
      facts = await files.stat(layout.identityFile);
    } catch {
      return 'gone';
    }
    if (isSame(facts, this.#seen)) return 'there';
    try {
      const identity = await readIdentity(files, layout);
      if (!identity) return 'gone';
      if (identity.libraryId !== libraryId) return 'other';
    } catch {
      // Opening it anew says in words what is wrong with it.
      return 'changed';
    }
    this.#seen = facts;
    return 'there';
  }
}

function isSame(one: FileFacts, other: FileFacts): boolean {
  return (
    one.dev === other.dev &&
    one.ino === other.ino &&
    one.size === other.size &&
    one.mtimeMs === other.mtimeMs
  );
}

/** Only what the system says of the whole drive: permissions may be finer than this question. */
async function isReadOnly(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return false;
  } catch (error) {
    return isCode(error, 'EROFS');
  }
}
