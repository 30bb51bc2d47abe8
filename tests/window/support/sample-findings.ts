import type { FindingView } from '../../../shared/scrub-view.ts';
import { fakeId } from './fake-library.ts';

const NEWEST_AT = Date.UTC(2026, 10, 20, 12);

/** A damaged original as the service tells it, last found first; changed unless `change` says otherwise. */
export function sampleFinding(number: number, change: Partial<FindingView> = {}): FindingView {
  const fileName = change.fileName ?? `IMG_${String(4711 + number)}.HEIC`;
  return {
    receiptId: fakeId('receipt', number),
    assetId: fakeId('asset', number),
    fileName,
    absolutePath: `/home/anna/Pictures/Roost/My iPhone/2019/2019-08/${fileName}`,
    deviceId: fakeId('device', 0),
    deviceName: 'My iPhone',
    resourceType: 'photo',
    byteCount: 2_600_220,
    sha256: '0'.repeat(64),
    kind: 'changed',
    foundAt: NEWEST_AT - number * 60_000,
    readAt: NEWEST_AT,
    isChecking: false,
    ...change,
  };
}
