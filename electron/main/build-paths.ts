import { join } from 'node:path';

/** Where the built parts lie, beside the main program. All paths absolute. */
export interface BuildPaths {
  readonly serviceEntry: string;
  readonly decoderEntry: string;
  readonly preloadScript: string;
  readonly rendererFolder: string;
  readonly appIcon: string;
  readonly trayIcon: string;
  readonly legalNotices: string;
}

/**
 * @param mainFolder the folder of the built main program (out/main).
 * @param platform `process.platform`: macOS draws tray images itself and wants their outline only.
 */
export function buildPaths(mainFolder: string, platform: string = process.platform): BuildPaths {
  const projectFolder = join(mainFolder, '..', '..');
  const resources = join(projectFolder, 'resources');
  return {
    serviceEntry: join(mainFolder, 'service-process.js'),
    decoderEntry: join(mainFolder, 'decoder.js'),
    // A sandboxed page's preload script must be CommonJS.
    preloadScript: join(mainFolder, '..', 'preload', 'preload.cjs'),
    rendererFolder: join(mainFolder, '..', 'renderer'),
    appIcon: join(resources, 'icons', 'icon-256.png'),
    trayIcon: join(resources, 'tray', platform === 'darwin' ? 'trayTemplate.png' : 'tray.png'),
    legalNotices: join(resources, 'legal', 'THIRD-PARTY-NOTICES.md'),
  };
}
