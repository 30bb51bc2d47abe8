import type { DeviceView } from '../../shared/window-views.ts';

/** What tells one pairing of a device from another: a device that comes back keeps its id. */
function pairingKey(device: DeviceView): string {
  return `${device.deviceId} ${device.pairedAt}`;
}

/** The pairings that hold now. */
export function trustedPairings(devices: readonly DeviceView[]): ReadonlySet<string> {
  return new Set(devices.filter((device) => device.trusted).map(pairingKey));
}

/** The device that was paired since `before`, the last one if there are several. */
export function newlyTrusted(
  before: ReadonlySet<string>,
  devices: readonly DeviceView[],
): DeviceView | undefined {
  return devices
    .filter((device) => device.trusted && !before.has(pairingKey(device)))
    .toSorted((a, b) => a.pairedAt - b.pairedAt)
    .at(-1);
}
