import { dirname } from 'node:path';

import { findElectron } from '../../scripts/lib/ensure-electron.mjs';
import { findSandboxObstacle, findWindowObstacle } from '../../scripts/lib/window-obstacle.mjs';

export type ElectronProgram = { readonly program: string } | { readonly missing: string };

/**
 * Electron's program, if it is here and can open a window, by the same rules as `npm start`; else why not, in
 * words. Nothing is downloaded.
 */
export function findElectronProgram(root: string): ElectronProgram {
  const program = findElectron(root);
  if (program === undefined) {
    return { missing: "Electron's program is not here; npm start fetches it where it can" };
  }
  const facts = { platform: process.platform, env: process.env, userId: process.getuid?.() };
  const obstacle =
    findWindowObstacle(facts) ??
    (process.platform === 'linux' ? findSandboxObstacle(dirname(program)) : undefined);
  return obstacle === undefined ? { program } : { missing: obstacle };
}
