/**
 * How the library is, as the window and the tray tell it: `ready` takes uploads; `full` its disk has no more room
 * for them; `opening` it is there and being brought up to date; `missing` its drive is away; `in-use` another Roost
 * holds it; `unusable` it is there and something is wrong with it, which its problem names.
 */
export const LIBRARY_STATES = [
  'ready',
  'full',
  'opening',
  'missing',
  'in-use',
  'unusable',
] as const;

export type LibraryState = (typeof LIBRARY_STATES)[number];

/** What a device is told: it need not know why a library cannot be reached. */
export const DEVICE_LIBRARY_STATES = ['ready', 'full', 'missing'] as const;

export type DeviceLibraryState = (typeof DEVICE_LIBRARY_STATES)[number];

/** What devices are told of a state, by `GET /v1/ping`. */
export function deviceLibraryState(state: LibraryState): DeviceLibraryState {
  return state === 'ready' || state === 'full' ? state : 'missing';
}
