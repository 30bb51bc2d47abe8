import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { openCore, PHONE, upload, type Core } from './core-lab.ts';
import { nodeFileSystem } from '../../electron/service/library/file-system.ts';

import type {
  AppendRequest,
  AppendResult,
} from '../../electron/service/ingest/uploads/append-request.ts';
import type { ResumableUpload } from '../../electron/service/ingest/uploads/resumable-upload.ts';

/** Begins an upload as a phone would that may go on with it. */
export function begin(
  core: Core,
  assetKey = 'asset-1',
  deviceId = PHONE,
): Promise<ResumableUpload> {
  const { body: _body, ...announced } = upload('', { assetKey, deviceId });
  return core.ingest.beginUpload(announced, {
    protocol: 'native',
    dialect: 'ietf-8',
    endsAtLength: false,
  });
}

/** One request that adds bytes; it ends the file unless it says otherwise. */
export function append(
  core: Core,
  target: ResumableUpload,
  bytes: Uint8Array | Readable,
  change: Partial<AppendRequest> = {},
): Promise<AppendResult> {
  const isWhole = bytes instanceof Uint8Array;
  return core.ingest.append(target, {
    offset: 0,
    body: isWhole ? Readable.from([bytes]) : bytes,
    contentLength: isWhole ? bytes.byteLength : undefined,
    endsFile: true,
    endsAtLength: false,
    ...change,
  });
}

/** A body that brings some bytes and then breaks off. */
export function breaksAfter(...parts: readonly Uint8Array[]): Readable {
  return Readable.from(
    (function* () {
      yield* parts;
      throw new Error('connection reset');
    })(),
  );
}

/**
 * The library as another process finds it when this one ends without notice: the files as they are now,
 * the catalog left out.
 */
export async function afterCrash(core: Core, folder: string): Promise<Core> {
  await cp(core.libraryFolder, join(folder, 'library'), {
    recursive: true,
    filter: (path) => !path.endsWith('lock') && !path.endsWith('lock-journal'),
  });
  return openCore({ folder, files: nodeFileSystem, clock: core.clock });
}
