import { foldName } from './folder-names.ts';

/** The file in each folder of originals that plain `sha256sum -c` takes. */
export const HASH_LIST_NAME = 'SHA256SUMS';

/** Whether a path, or a name, is that of a folder's list of hashes, or cannot stand beside one. */
export function isHashList(path: string): boolean {
  return foldName(path.slice(path.lastIndexOf('/') + 1)) === foldName(HASH_LIST_NAME);
}

/** One line of a list of hashes, as it stands there. */
export interface HashListLine {
  readonly text: string;
  /** Absent for a comment. */
  readonly file?: { readonly name: string; readonly sha256: string };
}

const PLAIN = /^(\\?)([0-9a-f]{64}) [ *](.+)$/i;
const TAGGED = /^(\\?)SHA256 \((.+)\) = ([0-9a-f]{64})$/i;

/** Reads a list of hashes. Lines that `sha256sum -c` would not take are left out. */
export function parseHashList(text: string): HashListLine[] {
  return text.split('\n').flatMap((line) => {
    const bare = line.replace(/\r$/, '');
    if (bare.startsWith('#')) return [{ text: bare }];
    const plain = PLAIN.exec(bare);
    const tagged = plain ? undefined : TAGGED.exec(bare);
    const [escape, name, sha256] = plain
      ? [plain[1], plain[3], plain[2]]
      : [tagged?.[1], tagged?.[2], tagged?.[3]];
    if (name === undefined || sha256 === undefined) return [];
    const file = {
      name: escape === '\\' ? unescaped(name) : name,
      sha256: sha256.toLowerCase(),
    };
    return [{ text: bare, file }];
  });
}

/** The line of a file, as `sha256sum` itself writes it. */
export function hashListLine(name: string, sha256: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}`;
}

function unescaped(name: string): string {
  return name.replace(/\\([\\nr])/g, (_, code: string) =>
    code === 'n' ? '\n' : code === 'r' ? '\r' : '\\',
  );
}
