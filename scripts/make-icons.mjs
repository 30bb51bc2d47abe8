// node scripts/make-icons.mjs: renders drawings to the pictures that are committed beside them.
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

/**
 * A phone cuts the icons of its Home Screen out of squares without a hole.
 * @type {readonly number[]}
 */
const HOME_SCREEN_SIDES = [180, 512];
const ICON_GROUND = '#3457a6';

for (const [drawing, picture, side] of PICTURES) {
  const resources = join(projectRoot, 'resources');
  await sharp(join(resources, drawing), { density: 600 })
    .resize(side, side)
    .png({ compressionLevel: 9, palette: side >= 256, quality: 95, effort: 10 })
    .toFile(join(resources, picture));
  console.log(picture);
}

for (const side of HOME_SCREEN_SIDES) {
  const folder = join(projectRoot, 'renderer/web-upload');
  const picture = `icon-${side}.png`;
  await sharp(join(folder, 'icon.svg'), { density: 600 })
    .resize(side, side)
    .flatten({ background: ICON_GROUND })
    .png({ compressionLevel: 9, palette: true, quality: 95, effort: 10 })
    .toFile(join(folder, picture));
  console.log(picture);
}
