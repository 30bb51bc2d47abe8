import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this clone: every script works from here, wherever it was called from. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
