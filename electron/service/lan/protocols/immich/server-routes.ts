import { Router, type Request, type Response } from 'express';

import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import { authenticate } from '../../authenticate.ts';
import type { DiskBytes } from '../../disk-bytes.ts';

import { answerImmich } from './immich-answer.ts';
import {
  IMMICH_VERSION,
  MEDIA_TYPES,
  PREFERENCES,
  SERVER_FEATURES,
  serverConfig,
  VERSION_TEXT,
} from './server-answers.ts';

export interface ServerRouteParts {
  readonly devices: Devices;
  readonly server: () => { readonly id: string; readonly name: string };
  /** The library's disk; `undefined` while it is away. */
  readonly disk: () => Promise<DiskBytes | undefined>;
  /** The name by which a device's person logs in; one of its own where it has none. */
  readonly loginNameOf: (device: TrustedDevice) => string;
}

/** What the server is, and who asks. */
export function serverRoutes(parts: ServerRouteParts): Router {
  const { devices, server } = parts;
  const router = Router({ caseSensitive: true });
  const tells = (path: string, value: () => unknown): void => {
    router.get(path, (request, response) => answerImmich(request, response, value()));
  };
  tells('/api/server/ping', () => ({ res: 'pong' }));
  tells('/api/server/version', () => IMMICH_VERSION);
  tells('/api/server/version-history', () => []);
  tells('/api/server/features', () => SERVER_FEATURES);
  tells('/api/server/config', () => serverConfig(server().name));
  tells('/api/server/media-types', () => MEDIA_TYPES);
  const tellsDevice = (path: string, value: (device: TrustedDevice) => unknown): void => {
    router.get(path, async (request: Request, response: Response) => {
      const device = authenticate(request, devices);
      answerImmich(request, response, await value(device));
    });
  };
  tellsDevice('/api/server/about', () => ({
    version: VERSION_TEXT,
    versionUrl: '',
    licensed: false,
  }));
  tellsDevice('/api/server/storage', async () => storage(await parts.disk()));
  tellsDevice('/api/users/me', (device) => userOf(device, parts.loginNameOf(device)));
  tellsDevice('/api/users/me/preferences', () => PREFERENCES);
  tellsDevice('/api/users', (device) => [shortUser(device, parts.loginNameOf(device))]);
  tellsDevice('/api/api-keys/me', (device) => ({
    id: device.deviceId,
    name: device.name,
    permissions: ['all'],
    ...NEVER_CHANGED,
  }));
  // What Roost has none of, so that an app goes on.
  for (const path of [
    '/api/partners',
    '/api/albums',
    '/api/memories',
    '/api/people',
    '/api/stacks',
    '/api/tags',
  ]) {
    tellsDevice(path, () => []);
  }
  return router;
}

/** Apps keep it and compare it; a device's own times are nobody else's. */
const LONG_AGO = '2020-01-01T00:00:00.000Z';
const NEVER_CHANGED = { createdAt: LONG_AGO, updatedAt: LONG_AGO };

function shortUser(device: TrustedDevice, email: string): object {
  return {
    id: device.deviceId,
    email,
    name: device.name,
    avatarColor: 'primary',
    profileImagePath: '',
    profileChangedAt: LONG_AGO,
  };
}

/** Each device is a user of its own, so that it sees what it sent and nothing else (`UserAdminResponseDto` of 3.2). */
function userOf(device: TrustedDevice, email: string): object {
  return {
    ...shortUser(device, email),
    ...NEVER_CHANGED,
    clusterGroupId: device.deviceId,
    deletedAt: null,
    isAdmin: false,
    license: null,
    oauthId: '',
    quotaSizeInBytes: null,
    quotaUsageInBytes: 0,
    shouldChangePassword: false,
    status: 'active',
    storageLabel: null,
  };
}

function storage(disk: DiskBytes | undefined): object {
  const { freeByteCount, byteCount } = disk ?? { freeByteCount: 0, byteCount: 0 };
  const used = Math.max(byteCount - freeByteCount, 0);
  return {
    diskAvailable: inWords(freeByteCount),
    diskAvailableRaw: freeByteCount,
    diskSize: inWords(byteCount),
    diskSizeRaw: byteCount,
    diskUsagePercentage: byteCount === 0 ? 0 : Math.round((used / byteCount) * 10_000) / 100,
    diskUse: inWords(used),
    diskUseRaw: used,
  };
}

/** In the units of Immich's answers. */
function inWords(byteCount: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = byteCount;
  let at = 0;
  while (value >= 1024 && at < units.length - 1) {
    value /= 1024;
    at += 1;
  }
  return `${value.toFixed(1)} ${units[at] ?? ''}`;
}
