import { instantOf, type CaptureTimeSource } from '../../../../shared/capture-time.ts';
import type { Receipt } from '../../../../shared/receipt.ts';

import { groupingStem } from './grouping-stem.ts';
import type { ResourceRole } from '../../../../shared/resource-role.ts';
import { roleOf, tellsItsAsset } from './resource-role.ts';

/** What tells which resources belong together. All of it stands in a receipt, so a rebuild groups alike. */
export interface GroupingFacts {
  /** The asset as the device's key names it; guesses join several of these. */
  readonly partId: string;
  readonly deviceId: string;
  readonly role: ResourceRole;
  readonly contentId?: string | undefined;
  readonly burstId?: string | undefined;
  /** Absent for a name that says nothing, see `groupingStem`, and where nothing need be guessed. */
  readonly stem?: string | undefined;
  /** Where the key is a path that ends with the file's name: the folder of it, possibly empty. */
  readonly folder?: string | undefined;
  readonly takenLocal: string;
  /** The instant, where the offset is known; ms UTC. */
  readonly takenAt?: number | undefined;
  /** When its upload began; ms UTC. */
  readonly sentAt?: number | undefined;
  /** How far the time may be trusted to be that of the shot. */
  readonly timing: 'own' | 'utc' | 'told' | 'none';
}

const TIMING: Record<CaptureTimeSource, GroupingFacts['timing']> = {
  exif: 'own',
  quicktime: 'own',
  xmp: 'own',
  'movie-header': 'utc',
  'device-created': 'told',
  'device-modified': 'none',
  arrival: 'none',
};

export function groupingFacts(
  receipt: Pick<
    Receipt,
    'assetId' | 'deviceId' | 'assetKey' | 'resourceType' | 'told' | 'seen' | 'captureTime'
  > &
    Partial<Pick<Receipt, 'startedAt'>>,
): GroupingFacts {
  const { told, seen, captureTime } = receipt;
  const isPlaced = captureTime.offsetMinutes !== undefined;
  return {
    partId: receipt.assetId,
    deviceId: receipt.deviceId,
    role: roleOf({
      resourceType: receipt.resourceType,
      fileName: told.fileName,
      mediaType: seen?.mediaType,
    }),
    contentId: seen?.contentId,
    burstId: seen?.burstId ?? told.burstId,
    stem: tellsItsAsset(receipt.resourceType) ? undefined : groupingStem(told.fileName),
    folder: folderInKey(receipt.assetKey, told.fileName),
    takenLocal: captureTime.local,
    sentAt: receipt.startedAt,
    takenAt: isPlaced ? instantOf(captureTime) : undefined,
    // An instant whose zone the place tells is as good as a wall clock.
    timing: captureTime.offsetSource === 'place' ? 'own' : TIMING[captureTime.source],
  };
}

function folderInKey(assetKey: string, fileName: string | undefined): string | undefined {
  if (fileName === undefined) return undefined;
  const parts = assetKey.split(/[/\\]/);
  const name = parts.pop() ?? '';
  return name.toLowerCase() === fileName.toLowerCase() ? parts.join('/').slice(-300) : undefined;
}
