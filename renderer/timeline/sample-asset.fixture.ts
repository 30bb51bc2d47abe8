import type { TimelineAsset } from '../../shared/window-views.ts';

/** An asset for tests; `number` makes its id, and later numbers are older. */
export function sampleAsset(month: string, number: number, ratio = 4 / 3): TimelineAsset {
  const minute = String(59 - (number % 60)).padStart(2, '0');
  const hour = String(23 - (Math.floor(number / 60) % 24)).padStart(2, '0');
  return {
    assetId: `00000000-0000-4000-8000-${month.replace('-', '')}${String(number).padStart(6, '0')}`,
    kind: 'photo',
    capturedLocal: `${month}-15T${hour}:${minute}:00`,
    fileName: `IMG_${number}.JPG`,
    deviceId: '00000000-0000-4000-8000-000000000001',
    width: Math.round(ratio * 1000),
    height: 1000,
    tile: 'ready',
    version: 'v1',
    resourceCount: 1,
    byteCount: 2_000_000,
    kinds: ['photo'],
    warnings: [],
    hasClip: false,
  };
}
