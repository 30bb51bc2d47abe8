import { describe, expect, it } from 'vitest';

import type { DeviceView } from '../../shared/window-views.ts';
import { newlyTrusted, trustedPairings } from './newly-trusted.ts';

function device(deviceId: string, pairedAt: number, trusted = true): DeviceView {
  return {
    deviceId,
    name: deviceId,
    folder: deviceId,
    model: '',
    platform: '',
    app: '',
    pairedAt,
    trusted,
    resourceCount: 0,
    byteCount: 0,
  };
}

describe('noticing that a device has paired', () => {
  it('finds the device that was not there before', () => {
    const before = trustedPairings([device('old', 1)]);
    expect(newlyTrusted(before, [device('old', 1), device('new', 2)])?.deviceId).toBe('new');
  });

  it('finds a revoked device that comes back under its old id', () => {
    const before = trustedPairings([device('phone', 1, false)]);
    expect(newlyTrusted(before, [device('phone', 7)])?.deviceId).toBe('phone');
  });

  it('is not misled by renaming or revoking', () => {
    const before = trustedPairings([device('a', 1), device('b', 2)]);
    const after = [{ ...device('a', 1), name: 'Renamed' }, device('b', 2, false)];
    expect(newlyTrusted(before, after)).toBeUndefined();
  });
});
