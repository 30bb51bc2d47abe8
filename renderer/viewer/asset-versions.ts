import type { AssetDetails, ResourceView } from '../../shared/window-views.ts';
import { fileNameOf } from './file-name-of.ts';

/** What a version of an asset is: a key of the viewer's words, and the letter that shows it. */
export type VersionKind = 'edited' | 'original' | 'raw' | 'base' | 'other';

export interface AssetVersion {
  readonly kind: VersionKind;
  readonly resource: ResourceView;
}

const KIND_OF_ROLE: Partial<Record<ResourceView['role'], VersionKind>> = {
  'edited-still': 'edited',
  'edited-movie': 'edited',
  still: 'original',
  movie: 'original',
  raw: 'raw',
  base: 'base',
  proxy: 'other',
};

const ORDER: readonly VersionKind[] = ['edited', 'original', 'raw', 'base', 'other'];

/**
 * The files of an asset that can be looked at in the place of the shown one: the edit, the original, the RAW. Of
 * several of a kind the newest, but always the shown one. The movie of a Live Photo is none of them; one alone is not
 * worth a choice, but is given all the same.
 */
export function assetVersions(details: AssetDetails): readonly AssetVersion[] {
  const { asset, resources, shownReceiptId } = details;
  const wanted = asset.kind === 'video' ? 'video/' : asset.kind === 'photo' ? 'image/' : undefined;
  if (wanted === undefined) return [];
  const found = new Map<VersionKind, ResourceView>();
  for (const resource of resources) {
    const kind = KIND_OF_ROLE[resource.role];
    if (kind === undefined || resource.mediaType?.startsWith(wanted) !== true) continue;
    const before = found.get(kind);
    const isNewer = before === undefined || resource.storedAt >= before.storedAt;
    const isShown = resource.receiptId === shownReceiptId;
    if (isShown || (isNewer && before?.receiptId !== shownReceiptId)) found.set(kind, resource);
  }
  return ORDER.flatMap((kind) => {
    const resource = found.get(kind);
    return resource === undefined ? [] : [{ kind, resource }];
  });
}

/** The details as they would be with another of the asset's files shown. */
export function withVersion(details: AssetDetails, resource: ResourceView): AssetDetails {
  if (resource.receiptId === details.shownReceiptId) return details;
  const { width: _width, height: _height, tileReason: _reason, ...asset } = details.asset;
  const { width, height, tile, tileReason } = resource;
  return {
    ...details,
    shownReceiptId: resource.receiptId,
    asset: {
      ...asset,
      fileName: fileNameOf(resource.path),
      // What was never shown may have no picture yet: it is made when it is asked for.
      tile: tile === 'waiting' ? 'ready' : tile,
      ...(tileReason !== undefined && { tileReason }),
      ...(width !== undefined && { width }),
      ...(height !== undefined && { height }),
    },
  };
}
