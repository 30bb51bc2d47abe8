import type { DeviceView } from '../../shared/window-views.ts';

/**
 * Whether people could take a device of this name for another one in the list. `deviceId` is the device that bears it;
 * those that were removed from the list are in nobody's way.
 */
export function isNameTaken(
  devices: readonly Pick<DeviceView, 'deviceId' | 'name' | 'removedAt'>[],
  name: string,
  deviceId?: string,
): boolean {
  const read = asRead(name);
  return (
    read !== '' &&
    devices.some(
      (each) =>
        each.deviceId !== deviceId && each.removedAt === undefined && asRead(each.name) === read,
    )
  );
}

const asRead = (name: string): string =>
  name.normalize('NFKC').replaceAll("'", '’').replace(/\s+/g, ' ').trim().toLowerCase();
