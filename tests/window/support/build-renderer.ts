import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import react from '@vitejs/plugin-react';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder with `index.html` of the window's pages as they are now. */
    readonly rendererFolder: string;
  }
}

/** Builds the window's pages once for all tests of a run, so that none sees an older build. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'roost-renderer-'));
  const environment = process.env['NODE_ENV'];
  // Vitest says "test", and Vite would build the development version of React.
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      configFile: false,
      root: resolve(import.meta.dirname, '../../../renderer'),
      base: '/',
      plugins: [react()],
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0 },
    });
  } finally {
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
  }
  project.provide('rendererFolder', folder);
  return () => rm(folder, { recursive: true, force: true });
}
