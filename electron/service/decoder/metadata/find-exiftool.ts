import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import type { MetadataReason } from '../../../../shared/metadata-reasons.ts';

/** A program and its first arguments, to be run as it stands, without a shell's reading of them. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

export type FoundExiftool =
  | { readonly ok: true; readonly program: Program }
  | {
      readonly ok: false;
      readonly reason: Extract<MetadataReason, 'no-perl' | 'no-exiftool'>;
      readonly detail: string;
    };

/** Kibibytes of address space. An honest photo takes a tenth of it. */
const MAX_MEMORY_KIB = 1024 * 1024;
/** Seconds of processor time in the life of one process, which reads a thousand photos in a tenth of it. */
const MAX_PROCESSOR_SECONDS = 900;

/**
 * Lets the system itself end a process that a file has taken too far, also when nobody is left to watch over it.
 * What a system cannot limit (macOS has none for memory) stays unlimited.
 */
const WITHIN_LIMITS =
  `ulimit -v ${MAX_MEMORY_KIB} 2>/dev/null; ulimit -t ${MAX_PROCESSOR_SECONDS} 2>/dev/null; ` +
  'exec "$0" "$@"';

/**
 * Finds the exiftool that Roost brings along: a program of its own for Windows, elsewhere a script for the
 * system's Perl.
 */
export async function findExiftool(
  platform: NodeJS.Platform = process.platform,
  path: string = process.env['PATH'] ?? '',
): Promise<FoundExiftool> {
  let exiftool: string;
  try {
    const { exiftoolPath } = await import('exiftool-vendored');
    exiftool = await exiftoolPath();
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'unknown';
    return { ok: false, reason: 'no-exiftool', detail };
  }
  if (platform === 'win32') return { ok: true, program: { command: exiftool, args: [] } };
  const perl = await findInPath('perl', path);
  if (perl === undefined) return { ok: false, reason: 'no-perl', detail: 'perl is not in PATH' };
  return {
    ok: true,
    program: { command: '/bin/sh', args: ['-c', WITHIN_LIMITS, perl, exiftool] },
  };
}

async function findInPath(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    // A relative folder would make the answer depend on where the service was started.
    if (!folder.startsWith('/')) continue;
    const candidate = join(folder, name);
    const isThere = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return candidate;
  }
  return undefined;
}
