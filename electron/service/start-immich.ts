import { randomUUID } from 'node:crypto';

import type { Clock } from '../../shared/clock.ts';

import type { CatalogWriter } from './catalog/open-catalog.ts';
import { changesId, ownFilesIn } from './catalog/own-files.ts';
import { syncCheckpointsIn } from './catalog/sync-checkpoint-rows.ts';
import type { AppLogins } from './devices/app-logins.ts';
import type { Sha1Backfill } from './digests/sha1-backfill.ts';
import type { ImmichAppParts } from './lan/device-app.ts';
import type { DiskBytes } from './lan/disk-bytes.ts';
import type { OpenSession } from './open-library-session.ts';
import type { MediaParts } from './window-api/media-routes.ts';
import { sendBytes, sendFile } from './window-api/send-media.ts';

/** One line of the journal names no more. */
const DECISIONS_AT_ONCE = 200;

export interface StartImmichParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly logins: AppLogins;
  /** @throws RoostError `library/missing`. */
  readonly session: () => OpenSession;
  readonly backfill: Sha1Backfill;
  readonly media: MediaParts;
  readonly disk: () => Promise<DiskBytes | undefined>;
  readonly assetChanged: (assetId: string) => void;
}

/** What apps that speak Immich's protocol may ask of the rest of the service. */
export function startImmich(parts: StartImmichParts): ImmichAppParts {
  const { catalog, clock, logins, session, media } = parts;
  return {
    ownFiles: {
      ...ownFilesIn(catalog),
      standingBySha1: (deviceId, sha1) => session().ingest.findBySha1(deviceId, sha1),
      changesId: () => changesId(catalog),
      wantSha1s: (deviceId) => parts.backfill.want(deviceId),
    },
    checkpoints: syncCheckpointsIn(catalog),
    // A device that came by a token alone still is somebody to its app.
    loginNameOf: ({ deviceId }) =>
      logins.ofDevice(deviceId)?.loginName ?? `${deviceId.slice(0, 8)}@roost.home.arpa`,
    disk: parts.disk,
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
        for (const assetId of some) parts.assetChanged(assetId);
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
      response.attachment(receipt.path.slice(receipt.path.lastIndexOf('/') + 1));
      response.set({
        'content-type': mediaType ?? 'application/octet-stream',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-cache',
      });
      await sendFile(response, path, receipt.sha256);
    },
  };
}
