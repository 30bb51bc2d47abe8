import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Contender } from './contender.ts';
import { findProgram, freePort, startPeer, versionText } from './peer-process.ts';

/** `rclone serve webdav`, or why there is none. */
export async function rcloneContender(): Promise<Contender | string> {
  const path = await findProgram('rclone');
  if (path === undefined) return 'rclone is not here (Debian: apt-get install rclone)';
  const version = /rclone v(\S+)/.exec(await versionText(path, '--version'))?.[1] ?? '';
  return {
    name: 'rclone',
    title: `rclone ${version} (serve webdav)`,
    start: async (folder) => {
      const port = await freePort();
      const files = join(folder, 'files');
      await mkdir(files);
      const address = `127.0.0.1:${port}`;
      const options = ['--addr', address, '--vfs-cache-mode', 'off', '--config', '/dev/null'];
      const running = await startPeer(path, ['serve', 'webdav', files, ...options], port);
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
