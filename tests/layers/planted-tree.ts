import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { cruise, type ICruiseResult, type IViolation } from 'dependency-cruiser';

import config from '../../.dependency-cruiser.mjs';
import packageJson from '../../package.json' with { type: 'json' };

/** File contents by path relative to the tree's root. */
export type PlantedFiles = Readonly<Record<string, string>>;

export interface CaughtViolation {
  readonly rule: string;
  readonly from: string;
}

const LAYERS = ['electron', 'renderer', 'shared', 'scripts'];

/**
 * A small tree in which every layer is there and every import is allowed: what a case plants in it is the only thing
 * wrong. Each file imports something, so none is an orphan.
 */
const LAWFUL_FILES: PlantedFiles = {
  'shared/asset.ts': `import { z } from 'zod';\nexport const asset = z.string();\n`,
  'electron/service/start-service.ts': `import './lan/lan-listener.ts';\nimport './previews/preview-queue.ts';\nimport './library/open-library.ts';\n`,
  'electron/service/lan/lan-listener.ts': `import './protocols/native/native-routes.ts';\nimport './protocols/immich/immich-routes.ts';\n`,
  'electron/service/lan/body-limit.ts': `import 'node:stream';\n`,
  'electron/service/lan/protocols/native/native-routes.ts': `import 'express';\nimport '../../body-limit.ts';\nimport '../../../ingest/ingest.ts';\nimport '../../../devices/devices.ts';\nimport '../../../jobs/jobs.ts';\n`,
  'electron/service/lan/protocols/immich/immich-routes.ts': `import '../../../ingest/ingest.ts';\n`,
  'electron/service/ingest/ingest.ts': `import '../library/place-file.ts';\nimport './staging.ts';\n`,
  'electron/service/ingest/staging.ts': `import 'node:fs';\n`,
  'electron/service/library/place-file.ts': `import 'node:fs';\n`,
  'electron/service/library/open-library.ts': `import './place-file.ts';\n`,
  'electron/service/catalog/catalog.ts': `import 'better-sqlite3';\n`,
  'electron/service/devices/devices.ts': `import '../catalog/catalog.ts';\n`,
  'electron/service/jobs/jobs.ts': `import '../catalog/catalog.ts';\n`,
  'electron/service/previews/preview-queue.ts': `import '../decoder/decoder-messages.ts';\n`,
  'electron/service/decoder/decoder-entry.ts': `import './decode-picture.ts';\n`,
  'electron/service/decoder/decode-picture.ts': `import 'sharp';\nimport 'node-av';\nimport 'thumbhash';\nimport './decoder-messages.ts';\n`,
  'electron/service/decoder/decoder-messages.ts': `import '../../../shared/asset.ts';\nimport 'zod';\n`,
  'electron/cli/cli-entry.ts': `import '../service/start-service.ts';\nimport 'node:process';\n`,
  'electron/main/main.ts': `import 'electron';\nimport './main-window.ts';\nimport '../service/start-service.ts';\n`,
  'electron/main/main-window.ts': `import 'electron';\nimport 'node:path';\n`,
  'electron/preload/preload.ts': `import { contextBridge } from 'electron';\nimport '../../shared/asset.ts';\ncontextBridge;\n`,
  'renderer/app/app.tsx': `import 'react';\nimport '../ui/button.tsx';\nimport '../timeline/timeline.tsx';\n`,
  'renderer/timeline/timeline.tsx': `import 'thumbhash';\nimport '../../shared/asset.ts';\n`,
  'renderer/ui/button.tsx': `import 'react-aria-components';\n`,
  'scripts/start.mjs': `import './lib/find-node.mjs';\n`,
  'scripts/lib/find-node.mjs': `import 'node:fs';\n`,
};

/** Packages a case may import, as empty ones: only where an import leads is looked at. */
const PACKAGES = [
  ...Object.keys(packageJson.dependencies),
  ...Object.keys(packageJson.devDependencies),
];

/**
 * Writes the lawful tree with the planted files over it, and asks dependency-cruiser with the project's own rules.
 * @returns one entry per rule and importing file, sorted
 */
export async function findViolations(planted: PlantedFiles): Promise<readonly CaughtViolation[]> {
  const root = await mkdtemp(join(tmpdir(), 'roost-layers-'));
  try {
    await writeTree(root, {
      'package.json': JSON.stringify(packageJson),
      ...Object.fromEntries(PACKAGES.flatMap(emptyPackage)),
      ...LAWFUL_FILES,
      ...planted,
    });
    return await cruiseTree(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** Asks dependency-cruiser about a whole project folder. */
export async function cruiseTree(root: string): Promise<readonly CaughtViolation[]> {
  const { forbidden, options } = config;
  const result = await cruise(LAYERS, {
    ...options,
    validate: true,
    ruleSet: { forbidden: forbidden ?? [] },
    baseDir: root,
  });
  const { summary } = result.output as ICruiseResult;
  const found = new Map(summary.violations.map((v) => [`${v.rule.name} ${v.from}`, toCaught(v)]));
  return [...found.keys()].sort().map((key) => found.get(key)!);
}

function toCaught(violation: IViolation): CaughtViolation {
  return { rule: violation.rule.name, from: violation.from };
}

function emptyPackage(name: string): [path: string, content: string][] {
  return [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
    [`node_modules/${name}/index.js`, ''],
  ];
}

async function writeTree(root: string, files: PlantedFiles): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}
