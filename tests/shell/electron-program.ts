import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface WindowObstacles {
  readonly findWindowObstacle: (facts: {
    platform: NodeJS.Platform;
    env: NodeJS.ProcessEnv;
    userId: number | undefined;
  }) => string | undefined;
  readonly findSandboxObstacle: (electronFolder: string) => string | undefined;
}

interface ElectronFinder {
  readonly findElectron: (root: string) => string | undefined;
}

export type ElectronProgram = { readonly program: string } | { readonly missing: string };

/**
 * Electron's program, if it is here and can open a window, by the same rules as `npm start`; else why not, in
 * words. Nothing is downloaded.
 */
export async function findElectronProgram(root: string): Promise<ElectronProgram> {
  // The scripts are plain JavaScript for any Node, so the compiler knows no types for them.
  const script = (name: string): Promise<unknown> =>
    import(pathToFileURL(join(root, 'scripts', 'lib', name)).href);
  const obstacles = (await script('window-obstacle.mjs')) as WindowObstacles;
  const finder = (await script('ensure-electron.mjs')) as ElectronFinder;

  const program = finder.findElectron(root);
  if (program === undefined) {
    return { missing: "Electron's program is not here; npm start fetches it where it can" };
  }
  const facts = { platform: process.platform, env: process.env, userId: process.getuid?.() };
  const obstacle =
    obstacles.findWindowObstacle(facts) ??
    (process.platform === 'linux' ? obstacles.findSandboxObstacle(dirname(program)) : undefined);
  return obstacle === undefined ? { program } : { missing: obstacle };
}
