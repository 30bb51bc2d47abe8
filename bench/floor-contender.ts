import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Contender } from './contender.ts';
import { freePort, startPeer } from './peer-process.ts';

const SERVER = join(import.meta.dirname, 'floor-server.ts');

/** The least that has to be done: floor-server.ts. */
export function floorContender(): Contender {
  return {
    name: 'floor',
    title: 'floor (plain Node.js that hashes, writes and syncs, and does nothing else)',
    start: async (folder) => {
      const port = await freePort();
      const files = join(folder, 'files');
      await mkdir(files);
      const running = await startPeer(process.execPath, [SERVER, files, String(port)], port);
      return {
        ...running,
        port,
        requestFor: (name, contentType) => ({
          method: 'PUT',
          path: `/${name}`,
          headers: { 'content-type': contentType },
        }),
      };
    },
  };
}
