import { describe, expect, it } from 'vitest';

import type { CaptureTime } from '../../../shared/capture-time.ts';

import { resourceCaptureTime } from './resource-capture-time.ts';

const STORED = Date.UTC(2026, 10, 21, 12);
const kathmandu = (): number => 345;

function timeOf(
  captureTime: CaptureTime,
  metadata: Parameters<typeof resourceCaptureTime>[1],
  told = {},
): CaptureTime {
  return resourceCaptureTime({ captureTime, told, storedAt: STORED }, metadata, kathmandu);
}

const arrived: CaptureTime = {
  local: '2026-11-21T13:00:00',
  offsetMinutes: 60,
  source: 'arrival',
  offsetSource: 'computer',
};
const ofHeader: CaptureTime = { local: '2019-12-29T19:01:15', source: 'exif' };

describe('resourceCaptureTime', () => {
  it('is that of the receipt as long as no metadata was read', () => {
    expect(timeOf(arrived, undefined)).toBe(arrived);
  });

  it('is the better one that metadata tells', () => {
    const dates = [{ tag: 'xmp:dateCreated', local: '2018-01-01T10:00:00' } as const];
    expect(timeOf(arrived, { dates })).toEqual({ local: '2018-01-01T10:00:00', source: 'xmp' });
    expect(timeOf(ofHeader, { gpsLatitude: 34.0083, gpsLongitude: -118.4979 })).toEqual({
      ...ofHeader,
      offsetMinutes: -480,
      offsetSource: 'place',
    });
  });

  it('stays that of the receipt where metadata says nothing, wherever the computer is', () => {
    expect(timeOf(arrived, {})).toBe(arrived);
    expect(timeOf(ofHeader, { iso: 80 })).toBe(ofHeader);
    const byDevice: CaptureTime = {
      local: '2020-01-01T11:00:00',
      offsetMinutes: 60,
      source: 'device-created',
      offsetSource: 'computer',
    };
    expect(timeOf(byDevice, {}, { createdAt: Date.UTC(2020, 0, 1, 10) })).toBe(byDevice);
  });

  it('keeps the offset of a receipt from before offsets had a source', () => {
    const old: CaptureTime = { ...ofHeader, offsetMinutes: 60 };
    expect(timeOf(old, { gpsLatitude: 34.0083, gpsLongitude: -118.4979 })).toMatchObject({
      offsetMinutes: 60,
      offsetSource: 'file',
    });
  });
});
