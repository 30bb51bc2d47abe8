import { instantOf } from '../../../../../shared/capture-time.ts';
import type { OwnFile } from '../../own-files.ts';

import { base64Sha1 } from './app-asset-id.ts';

/** What an asset of Immich is to Roost: one stored file. Times are ISO 8601 in UTC. */
interface AssetFacts {
  readonly originalFileName: string;
  readonly fileCreatedAt: string;
  readonly fileModifiedAt: string;
  readonly localDateTime: string;
  readonly storedAt: string;
  readonly visibility: 'timeline' | 'hidden';
  readonly type: 'IMAGE' | 'VIDEO';
}

function factsOf({ receipt, isVideo, isMovieOfStill }: OwnFile): AssetFacts {
  const { captureTime, told, storedAt, resourceType, receiptId } = receipt;
  const created = iso(instantOf(captureTime));
  return {
    originalFileName: told.fileName ?? receiptId,
    fileCreatedAt: created,
    fileModifiedAt: told.modifiedAt === undefined ? created : iso(told.modifiedAt),
    localDateTime: `${captureTime.local}.000Z`,
    storedAt: iso(storedAt),
    visibility: isMovieOfStill || resourceType === 'paired-video' ? 'hidden' : 'timeline',
    type: isVideo ? 'VIDEO' : 'IMAGE',
  };
}

/** An asset as searches answer it (`AssetResponseDto` of 3.2). */
export function assetAnswer(file: OwnFile, ownerId: string): object {
  const facts = factsOf(file);
  return {
    id: file.receipt.receiptId,
    ownerId,
    checksum: base64Sha1(file.sha1),
    createdAt: facts.storedAt,
    updatedAt: facts.storedAt,
    duration: file.durationMs ?? null,
    exifInfo: { fileSizeInByte: file.receipt.byteCount },
    fileCreatedAt: facts.fileCreatedAt,
    fileModifiedAt: facts.fileModifiedAt,
    localDateTime: facts.localDateTime,
    hasMetadata: true,
    ...sizeOf(file),
    isArchived: false,
    isEdited: false,
    isFavorite: file.isFavourite,
    isOffline: false,
    isTrashed: file.trashedAt !== undefined,
    libraryId: null,
    livePhotoVideoId: file.movieId ?? null,
    originalFileName: facts.originalFileName,
    originalMimeType: file.receipt.seen?.mediaType ?? 'application/octet-stream',
    // Where it lies is the person's business.
    originalPath: facts.originalFileName,
    resized: true,
    thumbhash: file.thumbhash ?? null,
    type: facts.type,
    visibility: facts.visibility,
  };
}

/** An asset as the stream tells it (`SyncAssetV2` of 3.2). */
export function assetLine(file: OwnFile, ownerId: string): object {
  const facts = factsOf(file);
  return {
    id: file.receipt.receiptId,
    ownerId,
    originalFileName: facts.originalFileName,
    checksum: base64Sha1(file.sha1),
    type: facts.type,
    visibility: facts.visibility,
    isFavorite: file.isFavourite,
    isEdited: false,
    createdAt: facts.storedAt,
    fileCreatedAt: facts.fileCreatedAt,
    fileModifiedAt: facts.fileModifiedAt,
    localDateTime: facts.localDateTime,
    deletedAt: file.trashedAt === undefined ? null : iso(file.trashedAt),
    duration: file.durationMs ?? null,
    ...sizeOf(file),
    thumbhash: file.thumbhash ?? null,
    stackId: null,
    libraryId: null,
    livePhotoVideoId: file.movieId ?? null,
  };
}

/** The app divides by them, so what is unknown must not be 0. */
function sizeOf({ width, height }: OwnFile): { width: number | null; height: number | null } {
  const isKnown = width !== undefined && height !== undefined && width > 0 && height > 0;
  return isKnown ? { width, height } : { width: null, height: null };
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}
