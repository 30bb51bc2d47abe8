import { createHash } from 'node:crypto';

import type { TrustedDevice } from '../../../devices/devices.ts';

interface UserLine {
  readonly type: string;
  readonly data: object;
  /** Another one for other data. */
  readonly version: string;
}

/** Who the app is logged in as (`SyncAuthUserV1`). */
export function authUserLine(device: TrustedDevice, email: string): UserLine {
  return versioned('AuthUserV1', {
    ...dataOf(device, email),
    isAdmin: false,
    oauthId: '',
    pinCode: null,
    quotaSizeInBytes: null,
    quotaUsageInBytes: 0,
    storageLabel: null,
  });
}

/** The only user that a device knows of: itself (`SyncUserV1`). */
export function userLine(device: TrustedDevice, email: string): UserLine {
  return versioned('UserV1', dataOf(device, email));
}

function dataOf({ deviceId, name }: TrustedDevice, email: string): object {
  return {
    id: deviceId,
    email,
    name,
    avatarColor: null,
    deletedAt: null,
    hasProfileImage: false,
    profileChangedAt: '2020-01-01T00:00:00.000Z',
  };
}

function versioned(type: string, data: object): UserLine {
  const hash = createHash('sha256').update(JSON.stringify(data)).digest('hex');
  return { type, data, version: hash.slice(0, 16) };
}
