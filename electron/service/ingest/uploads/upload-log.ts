import { join } from 'node:path';

import { z } from 'zod';

import { UPLOAD_RESULTS } from '../../../../shared/native-protocol.ts';
import { deviceRecordSchema, toldMetadataSchema } from '../../../../shared/receipt.ts';
import { checkedLine } from '../../library/checked-line.ts';
import type { FileSystem } from '../../library/file-system.ts';
import { uploadLogName } from '../../library/library-layout.ts';
import { LineLog } from '../../library/line-log.ts';
import { removeFile } from '../../library/place-file.ts';
import { readLines } from '../../library/read-lines.ts';
import { storageError } from '../../library/storage-error.ts';
import type { ResourceAnnouncement } from '../incoming-resource.ts';

const instant = z.number().int();
const byteCount = z.number().int().nonnegative();
const hex = z.string().regex(/^[0-9a-f]+$/);

/** What was agreed when an upload began; it does not change any more. */
const openedSchema = z.object({
  line: z.literal('opened'),
  uploadId: z.string(),
  /** Who made the upload and answers for it at its end: the protocol adapter's name. */
  protocol: z.string(),
  /** The dialect of resumption that created it, as its adapter spells it. */
  dialect: z.string(),
  /** The file ends when its known length is reached; else a request has to say so. */
  endsAtLength: z.boolean(),
  /** The field `Upload-Metadata` of tus, given back as it came. */
  uploadMetadata: z.string().optional(),
  deviceId: z.uuid(),
  // A library may come from anywhere: nothing in it may lead out of it.
  deviceFolder: deviceRecordSchema.shape.folder,
  assetKey: z.string(),
  resourceType: z.string(),
  told: toldMetadataSchema,
  digests: z.object({ sha1: hex.optional(), sha256: hex.optional(), sha512: hex.optional() }),
  wantsSha1: z.boolean().optional(),
  jobId: z.uuid(),
  uploadNumber: z.number().int(),
  startedAt: instant,
});

/** Bytes that are on disk for good. Once `isWhole`, none may be added: the file may stand in the library already. */
const checkpointSchema = z.object({
  line: z.literal('checkpoint'),
  byteCount,
  provenByteCount: byteCount,
  sha256: hex,
  length: byteCount.optional(),
  isWhole: z.boolean(),
  at: instant,
});

/** The upload ended well; kept so that a device that lost the answer hears it again. */
const finishedSchema = z.object({
  line: z.literal('finished'),
  result: z.enum(UPLOAD_RESULTS),
  receiptId: z.uuid(),
  assetId: z.uuid(),
  byteCount,
  at: instant,
});

const lineSchema = z.discriminatedUnion('line', [openedSchema, checkpointSchema, finishedSchema]);

export type OpenedLine = z.infer<typeof openedSchema>;
export type CheckpointLine = z.infer<typeof checkpointSchema>;
export type FinishedLine = z.infer<typeof finishedSchema>;

/** What a device announced when it began the upload. */
export function announcedBy(opened: OpenedLine): ResourceAnnouncement {
  const { sha1, sha256, sha512 } = opened.digests;
  const digests = {
    ...(sha1 !== undefined && { sha1 }),
    ...(sha256 !== undefined && { sha256 }),
    ...(sha512 !== undefined && { sha512 }),
  };
  return { ...opened, digests };
}

/** All that an earlier run left written of an upload. */
export interface StoredUpload {
  readonly opened: OpenedLine;
  readonly checkpoint?: CheckpointLine;
  readonly finished?: FinishedLine;
}

/**
 * [Note: What an upload costs on disk]
 * Beside the bytes in staging stands a small append-only file for each upload that may have to be resumed by a
 * later run. It is begun when first something was promised that must outlive this process: an address given out
 * for later, or an offset told. So the many photos that arrive in one go cost no write for it. A line is durable
 * before what it says is told; the bytes it speaks of are synced before the line is written.
 */
export class UploadLog {
  readonly #log: LineLog;
  readonly #path: string;
  readonly #files: FileSystem;

  constructor(folder: string, uploadId: string, files: FileSystem) {
    this.#path = join(folder, uploadLogName(uploadId));
    this.#files = files;
    this.#log = new LineLog(this.#path, files);
  }

  /** Durable when it resolves. @throws RoostError of the library. */
  async append(line: OpenedLine | CheckpointLine | FinishedLine): Promise<void> {
    try {
      await this.#log.append(checkedLine(line));
    } catch (error) {
      throw storageError(error);
    }
  }

  close(): Promise<void> {
    return this.#log.close();
  }

  /** What cannot be removed now is cleared at the next start. */
  async remove(): Promise<void> {
    await this.#log.close();
    await removeFile(this.#files, this.#path).catch(() => undefined);
  }
}

/**
 * Reads the log of an upload, and makes what it says durable but for its name. A last line that a crash left torn was never told to anyone: it is cut off. Any other
 * damage makes the upload worth nothing, since what was told of it is not known any more: then `undefined`.
 * Platform errors pass through.
 */
export async function readUploadLog(
  folder: string,
  uploadId: string,
  files: FileSystem,
): Promise<StoredUpload | undefined> {
  const path = join(folder, uploadLogName(uploadId));
  let opened: OpenedLine | undefined;
  let checkpoint: CheckpointLine | undefined;
  let finished: FinishedLine | undefined;
  for await (const { value, complete, startOffset } of readLines(path)) {
    if (!complete) {
      await files.truncate(path, startOffset);
      break;
    }
    const parsed = lineSchema.safeParse(value);
    if (!parsed.success) return undefined;
    if (parsed.data.line === 'opened') opened = parsed.data;
    else if (parsed.data.line === 'checkpoint') checkpoint = parsed.data;
    else finished = parsed.data;
  }
  if (opened?.uploadId !== uploadId) return undefined;
  // A run that was killed may have written its last line and not synced it; now it will be told from.
  if (!finished) await syncFile(path, files);
  return { opened, ...(checkpoint && { checkpoint }), ...(finished && { finished }) };
}

async function syncFile(path: string, files: FileSystem): Promise<void> {
  const file = await files.open(path, 'r+');
  try {
    await file.datasync();
  } finally {
    await file.close();
  }
}
