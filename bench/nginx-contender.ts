import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Contender } from './contender.ts';
import { findProgram, freePort, startPeer, versionText } from './peer-process.ts';

/** nginx with its DAV module, or why there is none. */
export async function nginxContender(): Promise<Contender | string> {
  const path = await findProgram('nginx');
  if (path === undefined) return 'nginx is not here (Debian: apt-get install nginx-light)';
  const version = await versionText(path, '-V');
  if (!version.includes('http_dav_module')) return 'nginx is here without its DAV module';
  return {
    name: 'nginx',
    title: `nginx ${/nginx\/(\S+)/.exec(version)?.[1] ?? ''} (DAV PUT)`,
    start: async (folder) => {
      const port = await freePort();
      for (const name of ['files', 'temporary']) await mkdir(join(folder, name));
      const configFile = join(folder, 'nginx.conf');
      await writeFile(configFile, configText(folder, port));
      const args = ['-c', configFile, '-p', folder, '-e', join(folder, 'error.log')];
      const running = await startPeer(path, args, port);
      return {
        ...running,
        port,
        requestFor: (name, contentType) => ({
          method: 'PUT',
          path: `/2026/2026-11/${name}`,
          headers: { 'content-type': contentType },
        }),
      };
    },
  };
}

/** What an administrator would write for uploads; bodies stay on the file system they end up on. */
function configText(folder: string, port: number): string {
  const temporary = join(folder, 'temporary');
  const others = ['proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off;
worker_processes 2;
pid ${join(folder, 'nginx.pid')};
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  client_body_temp_path ${temporary};
  ${others.map((name) => `${name}_temp_path ${temporary};`).join('\n  ')}
  client_max_body_size 0;
  server {
    listen 127.0.0.1:${port};
    root ${join(folder, 'files')};
    location / {
      dav_methods PUT;
      create_full_put_path on;
    }
  }
}
`;
}
