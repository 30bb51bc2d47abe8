import { useService } from '../app/use-service.ts';
import { isNameTaken } from './is-name-taken.ts';

/** Tells of a name whether another device in the list has it; `deviceId` is the one that is to bear it. */
export function useIsNameTaken(deviceId?: string): (name: string) => boolean {
  const devices = useService('devices.list', {}).data?.devices ?? [];
  return (name) => isNameTaken(devices, name, deviceId);
}
