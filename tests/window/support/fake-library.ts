import { createHash } from 'node:crypto';

import type {
  AssetDetails,
  MonthSummary,
  ResourceView,
  TimelineAsset,
} from '../../../shared/window-views.ts';
import type { SamplePicture } from './sample-pictures.ts';

export interface FakeAsset {
  asset: TimelineAsset;
  resources: ResourceView[];
  readonly picture: SamplePicture | undefined;
  /** Bytes of the original and their type. */
  readonly original: Buffer;
  readonly mediaType: string;
}

export interface NewAsset {
  /** `YYYY-MM-DDTHH:MM:SS`. */
  readonly capturedLocal: string;
  readonly fileName?: string;
  readonly kind?: TimelineAsset['kind'];
  readonly picture?: SamplePicture;
  readonly tile?: TimelineAsset['tile'];
  readonly tileReason?: string;
  readonly durationMs?: number;
  readonly original?: Buffer;
  readonly mediaType?: string;
  readonly deviceName?: string;
}

/** An id that is the same in every run. */
export function fakeId(kind: string, number: number): string {
  const hex = createHash('sha256').update(`${kind}/${number}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Assets in memory, in the shapes the service would give them. */
export class FakeLibrary {
  readonly deviceId = fakeId('device', 0);
  readonly #assets = new Map<string, FakeAsset>();
  #count = 0;

  get size(): number {
    return this.#assets.size;
  }

  add(options: NewAsset): FakeAsset {
    const number = this.#count++;
    const made = makeAsset(options, number, this.deviceId);
    this.#assets.set(made.asset.assetId, made);
    return made;
  }

  get(assetId: string): FakeAsset | undefined {
    return this.#assets.get(assetId);
  }

  byReceipt(receiptId: string): FakeAsset | undefined {
    return [...this.#assets.values()].find(({ resources }) =>
      resources.some((resource) => resource.receiptId === receiptId),
    );
  }

  /** Newest first. */
  sorted(): readonly TimelineAsset[] {
    return [...this.#assets.values()]
      .map(({ asset }) => asset)
      .sort((a, b) => compare(b.capturedLocal, a.capturedLocal) || compare(b.assetId, a.assetId));
  }

  months(): MonthSummary[] {
    const counts = new Map<string, number>();
    for (const { capturedLocal } of this.sorted()) {
      const month = capturedLocal.slice(0, 7);
      counts.set(month, (counts.get(month) ?? 0) + 1);
    }
    return [...counts].map(([month, count]) => ({ month, count }));
  }

  details(assetId: string): AssetDetails | undefined {
    const found = this.#assets.get(assetId);
    const first = found?.resources[0];
    if (found === undefined || first === undefined) return undefined;
    const sorted = this.sorted();
    const at = sorted.findIndex((asset) => asset.assetId === assetId);
    const newer = sorted[at - 1];
    const older = sorted[at + 1];
    return {
      asset: found.asset,
      captureTime: first.captureTime,
      shownReceiptId: first.receiptId,
      resources: found.resources,
      parts: [
        {
          partId: assetId,
          why: 'key',
          receiptIds: found.resources.map(({ receiptId }) => receiptId),
          fileNames: [found.asset.fileName],
        },
      ],
      burst: [],
      ...(newer && { newerAssetId: newer.assetId }),
      ...(older && { olderAssetId: older.assetId }),
    };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function makeAsset(options: NewAsset, number: number, deviceId: string): FakeAsset {
  const { capturedLocal, picture, kind = 'photo', tileReason, durationMs } = options;
  const fileName = options.fileName ?? `IMG_${String(4000 + number)}.JPG`;
  const original = options.original ?? picture?.jpeg ?? Buffer.from(`file ${number}`);
  const mediaType = options.mediaType ?? 'image/jpeg';
  const tile = options.tile ?? (picture === undefined ? 'waiting' : 'ready');
  const shape = picture && { width: picture.width, height: picture.height };
  const assetId = fakeId('asset', number);
  const asset: TimelineAsset = {
    assetId,
    kind,
    capturedLocal,
    fileName,
    deviceId,
    ...shape,
    ...(picture && { thumbhash: picture.thumbhash }),
    ...(durationMs !== undefined && { durationMs }),
    tile,
    ...(tileReason !== undefined && { tileReason }),
    version: 'v1',
    resourceCount: 1,
    kinds: [kind],
    warnings: [],
    hasClip: false,
  };
  const month = capturedLocal.slice(0, 7);
  const path = `My iPhone/${capturedLocal.slice(0, 4)}/${month}/${fileName}`;
  const resource: ResourceView = {
    receiptId: fakeId('receipt', number),
    assetId,
    deviceId,
    assetKey: `${fakeId('key', number).toUpperCase()}/L0/001`,
    resourceType: kind === 'video' ? 'video' : 'photo',
    path,
    byteCount: original.byteLength,
    sha256: createHash('sha256').update(original).digest('hex'),
    captureTime: { local: capturedLocal, offsetMinutes: 120, source: 'exif' },
    told: { fileName },
    jobId: fakeId('job', number),
    startedAt: Date.UTC(2026, 10, 21, 11, 59),
    storedAt: Date.UTC(2026, 10, 21, 12),
    absolutePath: `/home/anna/Pictures/Roost/${path}`,
    deviceName: options.deviceName ?? 'My iPhone',
    tile,
    ...(tileReason !== undefined && { tileReason }),
    mediaType,
    ...shape,
    links: [],
  };
  return { asset, resources: [resource], picture, original, mediaType };
}
