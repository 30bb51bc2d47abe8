import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Tests change nothing about what is built. */
const NOT_BUILT = /\.(test|suite)\.[cm]?tsx?$/;

/**
 * One hash over the names and bytes of all files under the given files and folders. Content, not times: a fresh clone
 * or a switched branch gives every file a new time.
 * @param {string} root
 * @param {readonly string[]} inputs paths relative to `root`; one that is not there counts as empty
 * @returns {string} SHA-256, lower-case hex
 */
export function hashSources(root, inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) {
    for (const path of listFiles(root, input)) {
      const bytes = readFileSync(join(root, path));
      hash.update(`${path}\0${bytes.byteLength}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} input
 * @returns {string[]} with forward slashes, in the same order on every system
 */
function listFiles(root, input) {
  const path = join(root, input);
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return NOT_BUILT.test(input) ? [] : [input];
  return readdirSync(path)
    .sort()
    .flatMap((name) => listFiles(root, `${input}/${name}`));
}
