// node scripts/make-icons.mjs: renders the drawings in resources/ to the pictures that are committed beside them.
// Run by hand after a drawing changed.
import { join } from 'node:path';

import sharp from 'sharp';

import { projectRoot } from './lib/project-root.mjs';

/**
 * Drawing, picture, pixels along one side. `@2x` is how Electron finds the one for a dense display.
 * @type {ReadonlyArray<readonly [drawing: string, picture: string, side: number]>}
 */
const PICTURES = [
  ['icons/icon.svg', 'icons/icon-256.png', 256],
  ['icons/icon.svg', 'icons/icon-512.png', 512],
  ['tray/tray.svg', 'tray/tray.png', 24],
  ['tray/tray.svg', 'tray/tray@2x.png', 48],
  ['tray/trayTemplate.svg', 'tray/trayTemplate.png', 18],
  ['tray/trayTemplate.svg', 'tray/trayTemplate@2x.png', 36],
];

for (const [drawing, picture, side] of PICTURES) {
  const resources = join(projectRoot, 'resources');
  await sharp(join(resources, drawing), { density: 600 })
    .resize(side, side)
    .png({ compressionLevel: 9, palette: side >= 256, quality: 95, effort: 10 })
    .toFile(join(resources, picture));
  console.log(picture);
}
