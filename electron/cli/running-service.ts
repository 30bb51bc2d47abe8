import { RoostError } from '../../shared/error-catalogue.ts';
import { readServiceAddress } from '../service/window-api/service-address.ts';
import { callWindow, type WindowAddress } from './window-client.ts';

/**
 * Where the service of a data folder is, or was: one that was killed leaves its address behind, and the first
 * call then finds nobody.
 * @throws {RoostError} `service/not-running` when no service says it uses the data folder.
 */
export async function findRunningService(dataFolder: string): Promise<WindowAddress> {
  const address = await readServiceAddress(dataFolder);
  if (address === undefined) throw new RoostError('service/not-running');
  return address;
}

/** Whether the service of a data folder answers. */
export async function isServiceRunning(dataFolder: string): Promise<boolean> {
  try {
    await callWindow(await findRunningService(dataFolder), 'overview.get', {});
    return true;
  } catch (error) {
    return !(error instanceof RoostError && error.code === 'service/not-running');
  }
}
