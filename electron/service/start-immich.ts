import { randomUUID } from 'node:crypto';

import { changesId, ownFilesIn } from './catalog/own-files.ts';
import { syncCheckpointsIn } from './catalog/sync-checkpoint-rows.ts';
import type { AppLogins } from './devices/app-logins.ts';
import { Sha1Backfill, type Sha1BackfillParts } from './digests/sha1-backfill.ts';
import type { ImmichAppParts } from './lan/device-app.ts';
import { diskByteCount } from './library/disk-size.ts';
import { nodeFileSystem } from './library/file-system.ts';
import { KeyedLock } from './library/keyed-lock.ts';
import type { OpenSession } from './open-library-session.ts';
import type { Scrub } from './scrub/scrub.ts';
import type { Pictures } from './start-pictures.ts';
import { systemTimers } from './timers.ts';
import type { EventHub } from './window-api/event-hub.ts';
import { mediaPartsOf } from './window-api/media-parts.ts';
import { sendBytes, sendFile } from './window-api/send-media.ts';

/** One line of the journal names no more. */
const DECISIONS_AT_ONCE = 200;

export interface StartImmichParts extends Pick<
  Sha1BackfillParts,
  'catalog' | 'clock' | 'log' | 'pathOf' | 'isLibraryPresent'
> {
  readonly logins: AppLogins;
  /** @throws RoostError `library/missing`. */
  readonly session: () => OpenSession;
  readonly pictures: Pick<Pictures, 'previews' | 'cache'>;
  readonly jobs: { readonly liveUploadCount: number };
  readonly scrub: Pick<Scrub, 'note'>;
  readonly hub: Pick<EventHub, 'assetChanged'>;
  /** Where the library lies. */
  readonly folder: string;
  /** Of the library's disk, where it is there. */
  readonly freeByteCount: () => number | undefined;
}

/** What apps that speak Immich's protocol may ask of the rest of the service. */
export function startImmich(parts: StartImmichParts): {
  readonly parts: ImmichAppParts;
  close(): Promise<void>;
} {
  const { catalog, clock, logins, session, pictures, pathOf } = parts;
  const backfill = new Sha1Backfill({
    ...parts,
    files: nodeFileSystem,
    timers: systemTimers,
    liveUploadCount: () => parts.jobs.liveUploadCount,
    onReread: (receipt, finding) => parts.scrub.note(receipt, finding),
  });
  const media = mediaPartsOf({
    ...{ catalog, pathOf, previews: pictures.previews, cache: pictures.cache },
    requireLibrary: () => void session(),
  });
  const keys = new KeyedLock();
  const answers: ImmichAppParts = {
    ownFiles: {
      ...ownFilesIn(catalog),
      standingBySha1: (deviceId, sha1) => session().ingest.findBySha1(deviceId, sha1),
      holdKey: (deviceId, assetKey) => keys.acquire(`${deviceId} ${assetKey}`),
      changesId: () => changesId(catalog),
      wantSha1s: (deviceId) => backfill.want(deviceId),
    },
    checkpoints: syncCheckpointsIn(catalog),
    // A device that came by a token alone still is somebody to its app.
    loginNameOf: ({ deviceId }) =>
      logins.ofDevice(deviceId)?.loginName ?? `${deviceId.slice(0, 8)}@roost.home.arpa`,
    disk: async () => {
      const byteCount = await diskByteCount(parts.folder);
      const freeByteCount = parts.freeByteCount() ?? 0;
      return byteCount === undefined ? undefined : { byteCount, freeByteCount };
    },
    setFavourite: async (assetIds, isFavourite) => {
      const { ledger } = session();
      for (let at = 0; at < assetIds.length; at += DECISIONS_AT_ONCE) {
        const some = assetIds.slice(at, at + DECISIONS_AT_ONCE);
        await ledger.record({
          entry: 'favourite',
          decisionId: randomUUID(),
          assetIds: some,
          isFavourite,
          decidedAt: clock.now(),
        });
        for (const assetId of some) parts.hub.assetChanged(assetId);
      }
    },
    keepMetadata: async (told) => {
      const kept = { ...told, notedAt: clock.now() };
      await session().ledger.record({ entry: 'app-metadata', ...kept });
      return kept;
    },
    sendThumbnail: async (request, response, file, size) => {
      const made = await media.resourcePreview(file.receipt.receiptId, size);
      if ('reason' in made) {
        response.status(404).json({ message: `There is no preview (${made.reason}).` });
        return;
      }
      response.set({ 'content-type': 'image/webp', 'cache-control': 'private, no-cache' });
      sendBytes(request, response, made.bytes);
    },
    sendOriginal: async (response, file) => {
      const { receipt } = file;
      const { path, mediaType } = media.original(receipt.receiptId) ?? {};
      if (path === undefined) {
        response.status(404).json({ message: 'There is no such asset.' });
        return;
      }
      response.attachment(receipt.told.fileName ?? receipt.receiptId);
      response.set({
        'content-type': mediaType ?? 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
      });
      await sendFile(response, path, receipt.sha256);
    },
  };
  return { parts: answers, close: () => backfill.close() };
}
