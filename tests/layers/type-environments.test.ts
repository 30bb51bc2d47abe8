import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');
/** The compiler reads the whole project: seconds on an idle computer, a limit for hangs only. */
const COMPILER_LIMIT_MS = 180_000;
const ENVIRONMENTS = ['shared', 'node', 'electron', 'renderer', 'tests'] as const;

interface PlantedGlobal {
  readonly environment: (typeof ENVIRONMENTS)[number];
  readonly path: string;
  readonly source: string;
  /** TypeScript's words, or none where the source is allowed. */
  readonly complaint: string | undefined;
}

/** What each environment has and has not. A planted file is type-checked together with the real ones beside it. */
const PLANTED_GLOBALS: readonly PlantedGlobal[] = [
  refused('shared', 'shared/planted.ts', 'document.title', 'document'),
  refused('shared', 'shared/planted.ts', 'process.pid', 'process'),
  refused('shared', 'shared/planted.ts', 'Buffer.alloc(1)', 'Buffer'),
  allowed('shared', 'shared/planted.ts', 'new Map()'),
  refused('node', 'electron/service/planted.ts', 'document.title', 'document'),
  refused('node', 'electron/cli/planted.ts', 'window.location', 'window'),
  refused('node', 'electron/service/planted.ts', 'new Image()', 'Image'),
  allowed('node', 'electron/service/planted.ts', 'process.pid'),
  refused('renderer', 'renderer/planted.ts', 'process.pid', 'process'),
  refused('renderer', 'renderer/planted.ts', 'Buffer.alloc(1)', 'Buffer'),
  refused('renderer', 'renderer/planted.ts', '__dirname', '__dirname'),
  allowed('renderer', 'renderer/planted.ts', 'document.title'),
  allowed('electron', 'electron/main/planted.ts', 'process.pid'),
  allowed('tests', 'tests/window/planted.ts', 'document.title'),
];

describe('the type-checking environments', () => {
  for (const environment of ENVIRONMENTS) {
    const planted = PLANTED_GLOBALS.filter((global) => global.environment === environment);

    it(`know what ${environment} has and has not`, { timeout: COMPILER_LIMIT_MS }, () => {
      const complaints = checkPlanted(environment, planted);
      expect(complaints).toEqual(planted.map((global) => global.complaint));
    });
  }

  it('check every file of the project', async () => {
    const checked = new Set(ENVIRONMENTS.flatMap((name) => readEnvironment(name).fileNames));
    const all = await listSources(['electron', 'renderer', 'shared', 'tests', 'bench', 'scripts']);
    const unchecked = all.filter((path) => !checked.has(ts.sys.resolvePath(path)));
    expect(unchecked.map((path) => relative(ROOT, path))).toEqual([]);
  });
});

function refused(
  environment: PlantedGlobal['environment'],
  path: string,
  expression: string,
  name: string,
): PlantedGlobal {
  return {
    environment,
    path,
    source: planting(expression),
    complaint: `Cannot find name '${name}'.`,
  };
}

function allowed(
  environment: PlantedGlobal['environment'],
  path: string,
  expression: string,
): PlantedGlobal {
  return { environment, path, source: planting(expression), complaint: undefined };
}

function planting(expression: string): string {
  return `export const planted: unknown = ${expression};\n`;
}

function readEnvironment(name: string): ts.ParsedCommandLine {
  const path = join(ROOT, `tsconfig.${name}.json`);
  const { config } = ts.readConfigFile(path, (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
}

/** The first complaint about each planted file. They stand in memory only: nobody else sees them in the tree. */
function checkPlanted(
  environment: string,
  planted: readonly PlantedGlobal[],
): readonly (string | undefined)[] {
  const { options, fileNames } = readEnvironment(environment);
  const sources = new Map(
    planted.map((global, index) => [numbered(global.path, index), global.source] as const),
  );
  const real = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...real,
    readFile: (path) => sources.get(path) ?? real.readFile(path),
    fileExists: (path) => sources.has(path) || real.fileExists(path),
    getSourceFile: (path, version, ...rest) => {
      const source = sources.get(path);
      return source === undefined
        ? real.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, source, version);
    },
  };
  const program = ts.createProgram([...fileNames, ...sources.keys()], options, host);
  return [...sources.keys()].map((path) => {
    const [first] = program.getSemanticDiagnostics(program.getSourceFile(path));
    // TypeScript adds advice to install types after the first sentence.
    return (
      first && ts.flattenDiagnosticMessageText(first.messageText, '\n').replace(/\. .*$/s, '.')
    );
  });
}

function numbered(path: string, index: number): string {
  return ts.sys.resolvePath(join(ROOT, path.replace(/\.ts$/, `-${index}.ts`)));
}

async function listSources(folders: readonly string[]): Promise<readonly string[]> {
  const lists = await Promise.all(
    folders
      .filter((folder) => existsSync(join(ROOT, folder)))
      .map(async (folder) => {
        const entries = await readdir(join(ROOT, folder), { recursive: true, withFileTypes: true });
        return entries
          .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name));
      }),
  );
  return lists.flat();
}
