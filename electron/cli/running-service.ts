import { RoostError } from '../../shared/error-catalogue.ts';
import { readServiceAddress } from '../service/window-api/service-address.ts';
import type { WindowAddress } from './window-client.ts';

/** @throws {RoostError} `service/not-running` when no service says it uses the data folder. */
export async function findRunningService(dataFolder: string): Promise<WindowAddress> {
  const address = await readServiceAddress(dataFolder);
  if (address === undefined) throw new RoostError('service/not-running');
  return address;
}
