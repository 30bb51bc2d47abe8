import type { ListenOptions, Server } from 'node:net';

import { RoostError } from '../../shared/error-catalogue.ts';

import { isCode } from './library/file-system.ts';

/**
 * Has a server listen; gives the port it got.
 * @throws RoostError `service/port-in-use`, also where the computer does not let Roost have the port or address.
 */
export async function listen(server: Server, options: ListenOptions): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen(options, () => resolve(undefined));
  try {
    await promise;
  } catch (error) {
    const { port } = options;
    if (isCode(error, 'EADDRINUSE')) {
      throw new RoostError('service/port-in-use', `Port ${port} is taken.`, { cause: error });
    }
    // Windows keeps whole ranges of ports for itself; elsewhere those below 1024 need an administrator.
    if (isCode(error, 'EACCES', 'EPERM', 'EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENOTFOUND')) {
      const where = options.host === undefined ? '' : ` at ${options.host}`;
      throw new RoostError('service/port-in-use', `Port ${port}${where} cannot be opened.`, {
        cause: error,
      });
    }
    throw error;
  } finally {
    server.off('error', reject);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new RoostError('service/failed');
  return address.port;
}
