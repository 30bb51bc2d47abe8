import type { HeardDevice } from './heard-devices.ts';

const DAY_MS = 24 * 60 * 60_000;

export interface QuietSettings {
  /** After so many days a person is told; 0 is never. */
  readonly quietAfterDays: number;
  /** The same for single devices, by their ids. */
  readonly quietAfterDaysOf: Readonly<Record<string, number>>;
}

export function quietAfterDays(settings: QuietSettings, deviceId: string): number {
  return settings.quietAfterDaysOf[deviceId] ?? settings.quietAfterDays;
}

/**
 * For how many whole days nothing was heard of a device, where that is longer than the person wants. A device that
 * may not send is not missed, and one that was never heard of is since it was paired.
 */
export function quietForDays(
  device: HeardDevice,
  settings: QuietSettings,
  now: number,
): number | undefined {
  const after = quietAfterDays(settings, device.deviceId);
  if (after === 0 || device.isRevoked) return undefined;
  const days = Math.floor((now - Math.max(device.heardAt ?? 0, device.pairedAt)) / DAY_MS);
  return days >= after ? days : undefined;
}
