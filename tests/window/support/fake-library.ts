import { createHash } from 'node:crypto';

import { RoostError } from '../../../shared/error-catalogue.ts';
import type { WindowParsedInput } from '../../../shared/window-api.ts';
import type {
  AssetDetails,
  AssetPart,
  Facets,
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
  /** Under what it came; more than one where it was put together. */
  parts: AssetPart[];
  /** Laid over the details that follow from the rest. */
  detailsChange: Partial<AssetDetails>;
}

export interface FakeOriginal {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly fileName: string;
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
  readonly kinds?: readonly string[];
  readonly burstCount?: number;
  readonly warnings?: readonly string[];
  readonly hasClip?: boolean;
  readonly details?: Partial<AssetDetails>;
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
  /** By receipt, whatever asset it belongs to now. */
  readonly #originals = new Map<string, FakeOriginal>();
  /** Assets that are part of another one now, with its id. */
  readonly #joined = new Map<string, string>();
  #count = 0;

  get size(): number {
    return this.#assets.size;
  }

  add(options: NewAsset): FakeAsset {
    const number = this.#count++;
    const made = makeAsset(options, number, this.deviceId);
    this.#assets.set(made.asset.assetId, made);
    const { original: bytes, mediaType, asset, resources } = made;
    for (const { receiptId } of resources) {
      this.#originals.set(receiptId, { bytes, mediaType, fileName: asset.fileName });
    }
    return made;
  }

  get(assetId: string): FakeAsset | undefined {
    return this.#assets.get(this.#joined.get(assetId) ?? assetId);
  }

  /** Takes an asset out, as the trash does; `put` brings it back. */
  remove(assetId: string): FakeAsset {
    const found = this.#assets.get(assetId);
    if (found === undefined) throw new RoostError('request/not-found');
    this.#assets.delete(assetId);
    return found;
  }

  put(asset: FakeAsset): void {
    this.#assets.set(asset.asset.assetId, asset);
  }

  /** Makes the second asset a part of the first. */
  join(assetId: string, joinedId: string, why: AssetPart['why']): FakeAsset {
    const kept = this.#assets.get(assetId);
    if (kept === undefined) throw new RoostError('request/not-found');
    const joined = this.remove(joinedId);
    kept.resources.push(...joined.resources);
    kept.parts.push(...joined.parts.map((part) => ({ ...part, why })));
    kept.asset = {
      ...kept.asset,
      resourceCount: kept.resources.length,
      byteCount: kept.asset.byteCount + joined.asset.byteCount,
    };
    this.#joined.set(joinedId, assetId);
    return kept;
  }

  /** Takes a part out again; it becomes an asset with its own id. */
  split(assetId: string, partId: string): FakeAsset {
    const kept = this.#assets.get(assetId);
    const part = kept?.parts.find((each) => each.partId === partId);
    if (kept === undefined || part === undefined) throw new RoostError('request/not-found');
    const isOfPart = ({ receiptId }: ResourceView) => part.receiptIds.includes(receiptId);
    const resources = kept.resources.filter(isOfPart);
    kept.resources = kept.resources.filter((resource) => !isOfPart(resource));
    kept.parts = kept.parts.filter((each) => each !== part);
    this.#joined.delete(partId);
    const fileName = part.fileNames[0] ?? '';
    const asset = { ...kept.asset, assetId: partId, fileName, resourceCount: resources.length };
    const made = { ...kept, asset, resources, parts: [{ ...part, why: 'key' as const }] };
    this.put(made);
    return made;
  }

  originalOf(receiptId: string): FakeOriginal | undefined {
    return this.#originals.get(receiptId);
  }

  /** Newest first. */
  sorted(): readonly TimelineAsset[] {
    return [...this.#assets.values()]
      .map(({ asset }) => asset)
      .sort((a, b) => compare(b.capturedLocal, a.capturedLocal) || compare(b.assetId, a.assetId));
  }

  months(): MonthSummary[] {
    const months: MonthSummary[] = [];
    for (const { capturedLocal } of this.sorted()) {
      const [month, day] = [capturedLocal.slice(0, 7), Number(capturedLocal.slice(8, 10))];
      let last = months.at(-1);
      if (last?.month !== month) months.push((last = { month, count: 0, days: [] }));
      last.count += 1;
      const lastDay = last.days.at(-1);
      if (lastDay?.[0] === day) lastDay[1] += 1;
      else last.days.push([day, 1]);
    }
    return months;
  }

  /** The part of a month that `timeline.month` asks for. */
  span(span: WindowParsedInput<'timeline.month'>): TimelineAsset[] {
    const { month, firstDay, lastDay, offset, limit } = span;
    return this.sorted()
      .filter(({ capturedLocal }) => {
        const day = Number(capturedLocal.slice(8, 10));
        return capturedLocal.startsWith(month) && day >= firstDay && day <= lastDay;
      })
      .slice(offset, offset + limit);
  }

  /** The newest asset with a picture of each month. */
  covers(year: string): TimelineAsset[] {
    const covers = new Map<string, TimelineAsset>();
    for (const asset of this.sorted()) {
      const month = asset.capturedLocal.slice(0, 7);
      if (asset.tile === 'ready' && month.startsWith(year) && !covers.has(month)) {
        covers.set(month, asset);
      }
    }
    return [...covers.values()];
  }

  /** How many there are; what they have in common is the real service's to tell. */
  facets(): Facets {
    const none = { kinds: [], deviceIds: [], cameras: [], lenses: [], warnings: [], years: [] };
    return { count: this.#assets.size, favouriteCount: 0, ...none };
  }

  /** Nearest first on either side. */
  neighbours(
    assetId: string,
    count: number,
  ): { newer: TimelineAsset[]; here?: TimelineAsset; older: TimelineAsset[] } {
    const sorted = this.sorted();
    const shownId = this.get(assetId)?.asset.assetId;
    const at = sorted.findIndex((asset) => asset.assetId === shownId);
    const here = sorted[at];
    if (here === undefined) return { newer: [], older: [] };
    return {
      newer: sorted.slice(Math.max(0, at - count), at).reverse(),
      here,
      older: sorted.slice(at + 1, at + 1 + count),
    };
  }

  details(assetId: string): AssetDetails | undefined {
    const found = this.get(assetId);
    const first = found?.resources[0];
    if (found === undefined || first === undefined) return undefined;
    const sorted = this.sorted();
    const at = sorted.findIndex((asset) => asset.assetId === found.asset.assetId);
    const newer = sorted[at - 1];
    const older = sorted[at + 1];
    return {
      asset: found.asset,
      captureTime: first.captureTime,
      shownReceiptId: first.receiptId,
      resources: found.resources,
      parts: found.parts,
      burst: [],
      ...(newer && { newerAssetId: newer.assetId }),
      ...(older && { olderAssetId: older.assetId }),
      ...found.detailsChange,
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
    byteCount: original.byteLength,
    kinds: [...(options.kinds ?? [kind])],
    ...(options.burstCount !== undefined && { burstCount: options.burstCount }),
    warnings: [...(options.warnings ?? [])],
    hasClip: options.hasClip ?? false,
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
    role: kind === 'video' ? 'movie' : kind === 'photo' ? 'still' : 'other',
    tile,
    ...(tileReason !== undefined && { tileReason }),
    mediaType,
    ...shape,
    links: [],
  };
  const parts: AssetPart[] = [
    { partId: assetId, why: 'key', receiptIds: [resource.receiptId], fileNames: [fileName] },
  ];
  const detailsChange = options.details ?? {};
  return { asset, resources: [resource], picture, original, mediaType, parts, detailsChange };
}
