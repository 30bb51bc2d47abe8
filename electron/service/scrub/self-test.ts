import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemClock } from '../../../shared/clock.ts';
import { verifyLibrary, type VerifyReport } from '../library/verify-library.ts';

import { DAMAGES, plantDamage, type DamageKind } from './plant-damage.ts';
import { makeSampleLibrary, type SampleFile, type SampleLibrary } from './sample-library.ts';

/** What became of planting damage in a copy and looking for it. Paths are those of the copy. */
export interface SelfTestReport {
  /** All of the damage was found, and nothing else. */
  readonly ok: boolean;
  readonly copiedCount: number;
  readonly copiedByteCount: number;
  readonly madeCount: number;
  /** Originals that were drawn and could not be copied whole: `roost verify` says what is the matter. */
  readonly notWholeCount: number;
  readonly planted: readonly {
    readonly path: string;
    readonly kind: DamageKind;
    /** What was found, in words; absent where it was not. */
    readonly found?: string;
  }[];
  /** Files without damage that were said to have some. */
  readonly falseAlarms: readonly { readonly path: string; readonly reason: string }[];
  /** Kinds of damage that this computer does not let anybody do. */
  readonly notPossible: readonly DamageKind[];
}

export interface SelfTestOptions {
  /** Only read: everything is done in a copy that is removed at the end. */
  readonly libraryFolder: string;
  readonly onStep?: (words: string) => void;
  readonly signal?: AbortSignal;
}

/**
 * Proves that re-reading finds damage: copies some originals into a small library of its own, damages some of the
 * copies in every way there is, and looks for it by the very code of `roost verify`. Platform errors pass through.
 */
export async function runSelfTest(options: SelfTestOptions): Promise<SelfTestReport> {
  const { libraryFolder, signal, onStep } = options;
  const folder = await mkdtemp(join(tmpdir(), 'roost-self-test-'));
  try {
    onStep?.('Copying some originals');
    const sample = await makeSampleLibrary({
      from: libraryFolder,
      into: folder,
      clock: systemClock,
      signal,
    });
    const verify = (): Promise<VerifyReport> =>
      verifyLibrary({ libraryFolder: folder, ...(signal && { signal }) });
    onStep?.('Looking at the copies');
    const before = alarms(await verify());
    onStep?.('Damaging some and looking for it');
    const { planted, notPossible } = await plantAll(sample);
    const after = alarms(await verify());
    return report(sample, planted, notPossible, before, after);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Planted {
  readonly path: string;
  readonly kind: DamageKind;
}

/** Two files of three are damaged, each kind in turn; the others must not be named. */
async function plantAll(
  sample: SampleLibrary,
): Promise<{ planted: Planted[]; notPossible: DamageKind[] }> {
  const planted: Planted[] = [];
  const impossible = new Set<DamageKind>();
  const absolute = (file: SampleFile): string => join(sample.folder, ...file.path.split('/'));
  const note = (kind: DamageKind, ...files: readonly SampleFile[]): void =>
    void planted.push(...files.map(({ path }) => ({ path, kind })));

  const [one, other] = twins(sample.files);
  if (one && other && (await plantDamage('swapped', absolute(one), absolute(other)))) {
    note('swapped', one, other);
  }
  const kinds = (Object.keys(DAMAGES) as DamageKind[]).filter((kind) => kind !== 'swapped');
  // From the last on, so that the made files, of which there are always enough, have every kind.
  const files = sample.files.toReversed().filter((file) => file !== one && file !== other);
  let turn = 0;
  for (const [at, file] of files.entries()) {
    if (at % 3 === 2) continue;
    const kind = kinds[turn % kinds.length] ?? 'removed';
    turn += 1;
    if (await plantDamage(kind, absolute(file))) note(kind, file);
    else impossible.add(kind);
  }
  const done = new Set(planted.map(({ kind }) => kind));
  return { planted, notPossible: [...impossible].filter((kind) => !done.has(kind)) };
}

/** Two files of the same length with other bytes; copies of originals before made ones. */
function twins(files: readonly SampleFile[]): readonly SampleFile[] {
  for (const file of files) {
    const other = files.find(
      ({ byteCount, sha256 }) => byteCount === file.byteCount && sha256 !== file.sha256,
    );
    if (other) return [file, other];
  }
  return [];
}

/** Everything a report says is wrong, by path. */
function alarms(found: VerifyReport): Map<string, string> {
  return new Map([
    ...found.damaged.map(({ path, reason }) => [path, reason] as const),
    ...found.missing.map(({ path }) => [path, 'it is missing'] as const),
    ...found.unknown.map((path) => [path, 'no receipt speaks of it'] as const),
    ...found.journalDamage.map(({ file, line }) => [`${file}:${line}`, 'a damaged line'] as const),
  ]);
}

function report(
  sample: SampleLibrary,
  planted: readonly Planted[],
  notPossible: readonly DamageKind[],
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): SelfTestReport {
  const damaged = new Set(planted.map(({ path }) => path));
  const falseAlarms = [...before, ...[...after].filter(([path]) => !damaged.has(path))].map(
    ([path, reason]) => ({ path, reason }),
  );
  const results = planted.map(({ path, kind }) => {
    const found = after.get(path);
    return { path, kind, ...(found !== undefined && { found }) };
  });
  return {
    ok: falseAlarms.length === 0 && results.every(({ found }) => found !== undefined),
    copiedCount: sample.copiedCount,
    copiedByteCount: sample.copiedByteCount,
    madeCount: sample.files.length - sample.copiedCount,
    notWholeCount: sample.notWholeCount,
    planted: results,
    falseAlarms,
    notPossible,
  };
}
