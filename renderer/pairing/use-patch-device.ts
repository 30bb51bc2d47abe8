import { useQueryClient } from '@tanstack/react-query';

import type { WindowOutput } from '../../shared/window-api.ts';
import type { DeviceView } from '../../shared/window-views.ts';
import { queryKey } from '../app/use-service.ts';

/** Puts a changed device into the list at once, before the list itself is asked for again. */
export function usePatchDevice(): (device: DeviceView) => void {
  const client = useQueryClient();
  return (device) => {
    client.setQueryData<WindowOutput<'devices.list'>>(
      queryKey('devices.list', {}),
      (list) =>
        list && {
          devices: list.devices.map((each) => (each.deviceId === device.deviceId ? device : each)),
        },
    );
    void client.invalidateQueries({ queryKey: queryKey('devices.list') });
  };
}
