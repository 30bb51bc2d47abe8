import { join } from 'node:path';

import { uploadPath } from '../shared/native-protocol.ts';
import { RoostProcess } from '../tests/support/roost-process.ts';

import type { Contender, RunningContender } from './contender.ts';

/** Roost as `npm run build` left it, or as another clone's `outFolder` has it. */
export function roostContender(name = 'Roost', outFolder?: string): Contender {
  return {
    name,
    title: `${name}, built from these sources`,
    start: async (folder) =>
      startRoost(
        { dataFolder: join(folder, 'data'), libraryFolder: join(folder, 'library') },
        outFolder,
      ),
  };
}

/** Runs Roost on folders that may hold a library already, and pairs a device with it. */
export async function startRoost(
  folders: { dataFolder: string; libraryFolder: string },
  outFolder?: string,
): Promise<RunningContender & { readonly deviceId: string }> {
  const roost = await RoostProcess.start(folders, outFolder && join(outFolder, 'main', 'cli.js'));
  const { token, deviceId } = await roost.pair('Bench');
  return {
    port: Number(new URL(roost.lanUrl).port),
    pid: roost.pid,
    deviceId,
    requestFor: (name, contentType) => ({
      method: 'PUT',
      path: uploadPath(name, contentType.startsWith('video/') ? 'video' : 'photo'),
      headers: {
        'content-type': contentType,
        'roost-filename': encodeURIComponent(name),
        authorization: `Bearer ${token}`,
      },
    }),
    [Symbol.asyncDispose]: () => roost[Symbol.asyncDispose](),
  };
}
