import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { openCore, PHONE, upload, type Core } from '../../../../tests/support/core-lab.ts';
import { nodeFileSystem } from '../../library/file-system.ts';

import type { AppendRequest, AppendResult } from './append-request.ts';
import type { ResumableUpload } from './resumable-upload.ts';

/** For tests: begins an upload as a phone would that may go on with it. */
export function begin(
  core: Core,
  assetKey = 'asset-1',
  deviceId = PHONE,
): Promise<ResumableUpload> {
  const { body: _body, ...announced } = upload('', { assetKey, deviceId });
  return core.ingest.beginUpload(announced, { protocol: 'native', dialect: 'ietf-8' });
}

/** For tests: one request that adds bytes; it ends the file unless it says otherwise. */
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

/** For tests: a body that brings some bytes and then breaks off. */
export function breaksAfter(...parts: readonly Uint8Array[]): Readable {
  return Readable.from(
    (function* () {
      yield* parts;
      throw new Error('connection reset');
    })(),
  );
}

/**
 * For tests: the library as another process finds it when this one ends without notice: the files as they are now,
 * the catalog left out.
 */
export async function afterCrash(core: Core, folder: string): Promise<Core> {
  await cp(core.libraryFolder, join(folder, 'library'), {
    recursive: true,
    filter: (path) => !path.endsWith('lock') && !path.endsWith('lock-journal'),
  });
  return openCore({ folder, files: nodeFileSystem, clock: core.clock });
}
