import { resolve } from 'node:path';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const here = import.meta.dirname;

/**
 * The page phones get is a second input beside the window. Its files keep fixed names in a folder of their own,
 * since the LAN listener serves those few files and nothing else of the build.
 */
const WEB_UPLOAD = 'web-upload';

function isWebUpload(sources: readonly string[]): boolean {
  return sources.some((path) => path.split(/[\\/]/).includes(WEB_UPLOAD));
}

export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      rolldownOptions: {
        input: {
          main: resolve(here, 'electron/main/main.ts'),
          'service-process': resolve(here, 'electron/main/service-process-entry.ts'),
          decoder: resolve(here, 'electron/service/decoder/decoder-entry.ts'),
          cli: resolve(here, 'electron/cli/cli-entry.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      // The sandbox loads one CommonJS file and can require nothing but electron.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(here, 'electron/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(here, 'renderer'),
    plugins: [react()],
    build: {
      outDir: resolve(here, 'out/renderer'),
      // The same pages run in any browser of this computer, not in Electron's alone.
      target: 'es2022',
      // These know light-dark(). Rewritten for older ones, the viewer could not be dark in a light window.
      cssTarget: ['chrome123', 'safari17.5', 'firefox120'],
      minify: true,
      // Inline data: URLs would need a wider content security policy.
      assetsInlineLimit: 0,
      // Every browser that can run the pages preloads modules itself.
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: {
          window: resolve(here, 'renderer/index.html'),
          [WEB_UPLOAD]: resolve(here, 'renderer/web-upload/index.html'),
        },
        output: {
          entryFileNames: ({ name }) =>
            name === WEB_UPLOAD ? `${WEB_UPLOAD}/app.js` : 'assets/[name]-[hash].js',
          assetFileNames: ({ names, originalFileNames }) =>
            isWebUpload(originalFileNames) || names.includes(`${WEB_UPLOAD}.css`)
              ? `${WEB_UPLOAD}/${names[0]?.endsWith('.css') === true ? 'style' : '[name]'}[extname]`
              : 'assets/[name]-[hash][extname]',
        },
      },
    },
    experimental: {
      // Every view is an address of its own, some of them nested, so files are named from the root.
      renderBuiltUrl: (path) => `/${path}`,
    },
  },
});
