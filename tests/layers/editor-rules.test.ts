import { join } from 'node:path';

import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..', '..');

/** Only the import rules are asked: they need no types, and the planted files are in no tsconfig. */
const eslint = new ESLint({
  cwd: ROOT,
  overrideConfig: [
    tseslint.configs.disableTypeChecked,
    { languageOptions: { parserOptions: { project: false } } },
  ],
});

async function findRestrictedImports(filePath: string, target: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(`import '${target}';\n`, {
    filePath: join(ROOT, filePath),
  });
  return result!.messages.map((message) => message.ruleId ?? message.message);
}

describe("the editor's import rules", () => {
  it.each([
    ['shared/planted.ts', 'node:fs'],
    ['shared/planted.ts', 'electron'],
    ['shared/planted.ts', '../electron/service/start-service.ts'],
    ['renderer/app/planted.ts', 'node:fs/promises'],
    ['renderer/app/planted.ts', '../../electron/service/start-service.ts'],
    ['renderer/ui/planted.tsx', 'node:fs'],
    ['renderer/ui/planted.tsx', '../../shared/errors.ts'],
    ['electron/service/jobs/planted.ts', 'electron'],
    ['electron/service/jobs/planted.ts', 'electron/main'],
    ['electron/service/jobs/planted.ts', 'sharp'],
    ['electron/service/decoder/planted.ts', 'electron'],
    ['electron/cli/planted.ts', 'electron'],
    ['electron/cli/planted.ts', '../../renderer/app/app.tsx'],
    ['electron/main/planted.ts', '../../renderer/app/app.tsx'],
    ['electron/preload/planted.ts', 'node-av'],
  ])('refuse in %s an import of %s', async (filePath, target) => {
    expect(await findRestrictedImports(filePath, target)).toEqual(['no-restricted-imports']);
  });

  it.each([
    ['shared/planted.ts', './errors.ts'],
    ['shared/planted.test.ts', 'node:fs'],
    ['renderer/app/planted.ts', '../../shared/errors.ts'],
    ['renderer/app/planted.ts', 'react'],
    ['renderer/ui/planted.tsx', 'react-aria-components'],
    ['electron/service/jobs/planted.ts', 'node:fs'],
    ['electron/service/decoder/planted.ts', 'sharp'],
    ['electron/main/planted.ts', 'electron'],
    ['electron/preload/planted.ts', 'electron'],
  ])('allow in %s an import of %s', async (filePath, target) => {
    expect(await findRestrictedImports(filePath, target)).toEqual([]);
  });
});
