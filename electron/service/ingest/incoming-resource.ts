import type { Readable } from 'node:stream';

import type { Receipt, ToldMetadata } from '../../../shared/receipt.ts';
import type { ResourceType } from '../../../shared/resource-type.ts';
import type { UploadResult } from '../../../shared/native-protocol.ts';
import type { JobSubject } from '../jobs/job-upload.ts';

import type { ExtraDigest } from './running-hash.ts';
import type { StagedBytes } from './staged-file.ts';

/** What every protocol adapter turns its request into, once the device is known. */
export interface ResourceAnnouncement {
  readonly deviceId: string;
  /** The device's folder in the library. */
  readonly deviceFolder: string;
  /** The device's own stable name for the asset; opaque, never a path. */
  readonly assetKey: string;
  readonly resourceType: ResourceType;
  readonly told: ToldMetadata;
  /** Length of the body where the request says it. */
  readonly expectedByteCount?: number | undefined;
  /** Lower-case hex digests the device vouches for; every one must match. */
  readonly digests: {
    readonly sha1?: string;
    readonly sha256?: string;
    readonly sha512?: string;
  };
  /**
   * What must be the same besides length and modification time, for a repeat to be answered before its bytes came and
   * without a SHA-256. For protocols whose keys and types do not tell all files of an asset apart.
   */
  readonly repeatNeeds?: 'file-name' | 'bytes' | undefined;
  /** The protocol knows bytes by their SHA-1, so it is made in any case. */
  readonly wantsSha1?: boolean | undefined;
}

/** What is told of a resource only behind its bytes, as a form may. */
export type LateAnnouncement = Pick<ResourceAnnouncement, 'assetKey' | 'resourceType' | 'told'>;

export interface IncomingResource extends ResourceAnnouncement {
  /** The bytes, pulled as they can be written; it throws when the other side goes away. */
  readonly body: Readable;
  /** Its chunks are nobody else's, as those of a connection: their memory may be given back once they are written. */
  readonly ownsChunks?: boolean | undefined;
  /**
   * Asked once all bytes are here, for what only the end of the request tells. What it throws ends the upload, and
   * nothing is kept.
   */
  readonly finish?: ((bytes: StagedBytes) => Promise<LateAnnouncement>) | undefined;
}

/** The digests that are to be made besides SHA-256. */
export function extraDigests({ digests, wantsSha1 }: ResourceAnnouncement): ExtraDigest[] {
  const isSha1Wanted = digests.sha1 !== undefined || wantsSha1 === true;
  return [
    ...(isSha1Wanted ? (['sha1'] as const) : []),
    ...(digests.sha512 !== undefined ? (['sha512'] as const) : []),
  ];
}

/** An upload that ended well: the bytes are on disk, hashed and in the journal. */
export interface StoredOutcome {
  readonly result: UploadResult;
  /** For a duplicate or a repeat the receipt of the bytes that are here. */
  readonly receipt: Receipt;
  /** The asset the device's key stands for. */
  readonly assetId: string;
}

/** What the job of a resource is called by. */
export function subjectOf(announced: ResourceAnnouncement): JobSubject {
  return {
    deviceId: announced.deviceId,
    assetKey: announced.assetKey,
    resourceType: announced.resourceType,
    fileName: announced.told.fileName ?? '',
    expectedByteCount: announced.expectedByteCount,
  };
}
