import { z } from 'zod';

import {
  COVERAGE_GROUPS,
  coveredAssetSchema,
  deviceCoverageSchema,
  sentSummarySchema,
} from './coverage-view.ts';
import { deviceViewSchema, pairingViewSchema } from './window-views.ts';

/** The part of window-api.ts about devices: who is trusted, what each has sent, and letting in another one. */
export const DEVICE_CALLS = {
  'devices.list': {
    method: 'GET',
    path: '/api/devices',
    input: z.object({}),
    output: z.object({ devices: z.array(deviceViewSchema) }),
  },
  'device.create': {
    method: 'POST',
    path: '/api/devices',
    input: z.object({ name: z.string().trim().min(1).max(200) }),
    /** The token is told this once. */
    output: z.object({ deviceId: z.uuid(), token: z.string() }),
  },
  /**
   * A device whose app logs in; name and password are told this once, the token serves as a key for other programs. With
   * `deviceId` it is that device again, which may not send any more, under the name it has.
   */
  'device.createLogin': {
    method: 'POST',
    path: '/api/device-logins',
    input: z.object({
      name: z.string().trim().min(1).max(200),
      deviceId: z.uuid().optional(),
    }),
    output: z.object({
      deviceId: z.uuid(),
      token: z.string(),
      loginName: z.string(),
      password: z.string(),
    }),
  },
  /** A new password, and a login where the device had none; sessions that are open go on. */
  'device.renewLogin': {
    method: 'POST',
    path: '/api/devices/:deviceId/login',
    input: z.object({ deviceId: z.uuid() }),
    output: z.object({ loginName: z.string(), password: z.string() }),
  },
  'device.unlockLogin': {
    method: 'POST',
    path: '/api/devices/:deviceId/login/unlock',
    input: z.object({ deviceId: z.uuid() }),
    output: deviceViewSchema,
  },
  'device.rename': {
    method: 'PATCH',
    path: '/api/devices/:deviceId',
    input: z.object({ deviceId: z.uuid(), name: z.string().trim().min(1).max(200) }),
    output: deviceViewSchema,
  },
  'device.revoke': {
    method: 'POST',
    path: '/api/devices/:deviceId/revoke',
    input: z.object({ deviceId: z.uuid() }),
    output: deviceViewSchema,
  },

  /** A new token for a device without a code, as for a script; it may send again and is in the list again. */
  'device.renewToken': {
    method: 'POST',
    path: '/api/devices/:deviceId/token',
    input: z.object({ deviceId: z.uuid() }),
    /** The token is told this once. */
    output: z.object({ deviceId: z.uuid(), token: z.string() }),
  },
  /** Takes a device that may not send out of the list of devices, or puts it back; what it sent stays. */
  'device.setRemoved': {
    method: 'PATCH',
    path: '/api/devices/:deviceId/removed',
    input: z.object({ deviceId: z.uuid(), isRemoved: z.boolean() }),
    output: deviceViewSchema,
  },

  'coverage.list': {
    method: 'GET',
    path: '/api/coverage',
    input: z.object({}),
    output: z.object({ devices: z.array(deviceCoverageSchema) }),
  },
  /** Assets of a device's inventory that stand alike; of what is verified every file is looked at again. */
  'coverage.assets': {
    method: 'GET',
    path: '/api/devices/:deviceId/coverage',
    input: z.object({
      deviceId: z.uuid(),
      group: z.enum(COVERAGE_GROUPS),
      /** Part of a name. */
      search: z.string().trim().min(1).max(200).optional(),
      /** Cursor of the previous page. */
      before: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      /** Re-read longest ago first, else in the order of the device. */
      assets: z.array(coveredAssetSchema),
      nextCursor: z.string().optional(),
    }),
  },
  /** What became of all a device sent. It looks at each file's record, so only who shows it asks. */
  'coverage.sent': {
    method: 'GET',
    path: '/api/devices/:deviceId/sent',
    input: z.object({ deviceId: z.uuid() }),
    output: sentSummarySchema,
  },
  /** After how many days without a word of this device a person is told; without `days` as for all. */
  'device.setQuiet': {
    method: 'PATCH',
    path: '/api/devices/:deviceId/quiet',
    input: z.object({ deviceId: z.uuid(), days: z.number().int().min(0).max(365).optional() }),
    output: z.object({}),
  },

  'pairing.begin': {
    method: 'POST',
    path: '/api/pairing',
    /**
     * `name` is what the device will be called when it does not say; with `deviceId` who uses the code becomes that
     * device again, with its name and its folder.
     */
    input: z.object({
      name: z.string().trim().max(200).optional(),
      deviceId: z.uuid().optional(),
    }),
    output: pairingViewSchema,
  },
  'pairing.cancel': {
    method: 'DELETE',
    path: '/api/pairing/:code',
    input: z.object({ code: z.string().max(64) }),
    output: z.object({}),
  },
} as const;
