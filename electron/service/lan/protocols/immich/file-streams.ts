import type { KeptValue, OwnFile } from '../../own-files.ts';

import { assetLine } from './asset-answer.ts';

/** Streams that are made of what changed with files, with the line that each change is. */
export const FILE_STREAMS: readonly FileStream[] = [
  {
    request: 'AssetsV2',
    entities: ['AssetV2', 'AssetDeleteV1'],
    linesOf: (file, ownerId) => [{ type: 'AssetV2', data: assetLine(file, ownerId) }],
    goneLines: (assetId) => [{ type: 'AssetDeleteV1', data: { assetId } }],
  },
  {
    request: 'AssetMetadataV1',
    entities: ['AssetMetadataV1'],
    linesOf: (file, _ownerId, kept) => metadataLines(file, kept),
    goneLines: () => [],
  },
];

export interface FileStream {
  readonly request: string;
  readonly entities: readonly string[];
  readonly linesOf: (
    file: OwnFile,
    ownerId: string,
    kept: ReadonlyMap<string, KeptValue>,
  ) => readonly Line[];
  readonly goneLines: (assetId: string) => readonly Line[];
}

export interface Line {
  readonly type: string;
  readonly data: object;
}

/** What the phone's app keeps beside a file; YAIIU finds its photos of iCloud by it. */
function metadataLines({ receipt }: OwnFile, kept: ReadonlyMap<string, KeptValue>): Line[] {
  const { receiptId: assetId } = receipt;
  const line = (key: string, value: unknown): Line => ({
    type: 'AssetMetadataV1',
    data: { assetId, key, value },
  });
  const lines = [...kept].map(([key, { value }]) => line(key, JSON.parse(value)));
  const { cloudId, location } = receipt.told;
  if (cloudId === undefined || kept.has('mobile-app')) return lines;
  const place = location && {
    latitude: String(location.latitude),
    longitude: String(location.longitude),
  };
  return [...lines, line('mobile-app', { iCloudId: cloudId, ...place })];
}
