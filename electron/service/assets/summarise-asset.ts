import type { AssetKind } from '../../../shared/asset-kinds.ts';
import type { CaptureTime } from '../../../shared/capture-time.ts';
import type { FidelityWarning } from '../../../shared/fidelity-warnings.ts';
import type { MediaMetadata } from '../../../shared/media-metadata.ts';
import type { Receipt } from '../../../shared/receipt.ts';

import { assetCaptureTime } from './asset-capture-time.ts';
import { assetKinds } from './asset-kinds.ts';
import { fidelityWarnings } from './fidelity-warnings.ts';
import { RESOURCE_ROLES, type ResourceRole } from '../../../shared/resource-role.ts';
import { resourceCaptureTime } from './resource-capture-time.ts';
import type { SeenResource } from './seen-resource.ts';

/** A file of an asset, with all that is known of it so far. */
export interface KnownFile {
  readonly receipt: Receipt;
  readonly role: ResourceRole;
  /** Of the journal: newest means last written, since the clock of this computer may have been set back. */
  readonly place: number;
  readonly mediaType?: string | undefined;
  readonly contentId?: string | undefined;
  readonly burstId?: string | undefined;
  /** Absent as long as nobody read it. */
  readonly metadata?: MediaMetadata | undefined;
}

/** What the timeline shows of an asset. */
export interface AssetSummary {
  readonly shownReceiptId: string;
  readonly captureTime: CaptureTime;
  readonly burstId?: string | undefined;
  readonly kinds: readonly AssetKind[];
  readonly warnings: readonly FidelityWarning[];
  /** There is a movie in it that can be played under the pointer. */
  readonly hasClip: boolean;
}

/**
 * Chooses what a person sees of an asset: the edited picture before the original, the newest version of each; and when
 * it was taken: as its original says, so that an edit does not move a photo to another day. The order of `files` does
 * not matter. `undefined` for none.
 */
export function summariseAsset(files: readonly KnownFile[]): AssetSummary | undefined {
  const [shown] = files.toSorted((a, b) => viewingRank(a) - viewingRank(b) || b.place - a.place);
  const seen = files.map(seenResource);
  const captureTime = assetCaptureTime(
    files.map((file, at) => ({
      resourceType: seen[at]?.resourceType ?? file.receipt.resourceType,
      captureTime: resourceCaptureTime(file.receipt, file.metadata),
    })),
  );
  if (!shown || !captureTime) return undefined;
  const isMotionPhoto = files.some(({ metadata }) => metadata?.isMotionPhoto === true);
  const isMovie = files.some(({ role }) => role === 'movie' || role === 'edited-movie');
  return {
    shownReceiptId: shown.receipt.receiptId,
    captureTime,
    burstId: burstOf(files),
    kinds: assetKinds(seen),
    warnings: fidelityWarnings(seen),
    hasClip: isMovie || isMotionPhoto,
  };
}

/** Of a device, since another one may count its bursts alike. */
function burstOf(files: readonly KnownFile[]): string | undefined {
  const frame = files.find(({ burstId }) => burstId !== undefined);
  return frame && `${frame.receipt.deviceId} ${frame.burstId}`;
}

function viewingRank({ role }: KnownFile): number {
  return RESOURCE_ROLES.indexOf(role);
}

/** Clients that know no resource types send every file as a photo or video: there its role says what it is. */
const TYPE_OF_ROLE: Partial<Record<ResourceRole, string>> = {
  'edited-still': 'full-size-photo',
  'edited-movie': 'full-size-video',
};

function seenResource({
  receipt,
  role,
  mediaType,
  contentId,
  burstId,
  metadata,
}: KnownFile): SeenResource {
  const { told, resourceType } = receipt;
  const isPlain = resourceType === 'photo' || resourceType === 'video';
  const isRecipe = role === 'recipe' && /\.(aae|plist)$/i.test(told.fileName ?? '');
  return {
    resourceType: !isPlain
      ? resourceType
      : isRecipe
        ? 'adjustment-data'
        : (TYPE_OF_ROLE[role] ?? resourceType),
    fileName: told.fileName,
    contentType: told.contentType,
    location: told.location,
    burstId,
    mediaType: mediaType ?? receipt.seen?.mediaType,
    contentId,
    metadata,
  };
}
