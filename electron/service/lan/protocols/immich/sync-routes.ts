import { once } from 'node:events';

import { Router, type Response } from 'express';
import { z } from 'zod';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import { authenticate, sessionOf } from '../../authenticate.ts';
import type { FileChange, OwnFiles } from '../../own-files.ts';
import { readJson, type JsonLimits } from '../../read-json.ts';
import type { SyncCheckpoints } from '../../sync-checkpoints.ts';

import { parsed } from './asset-routes.ts';
import { FILE_STREAMS, type FileStream, type Line } from './file-streams.ts';
import { answerDone, answerImmich } from './immich-answer.ts';
import { COUNTED, keysOf, keysToClear, reached } from './sync-acks.ts';
import { authUserLine, userLine } from './user-lines.ts';

const LIMITS: JsonLimits = { maxByteCount: 1024 * 1024, withinMs: 30_000 };
/** Files that are looked at in one turn. */
const CHANGES_AT_ONCE = 500;

/** What clients may ask for; of most Roost has nothing, and answers nothing. Another word is refused, as by Immich. */
const REQUEST_TYPES = [
  ...['AlbumsV1', 'AlbumsV2', 'AlbumUsersV1', 'AlbumToAssetsV1', 'AlbumAssetsV1', 'AlbumAssetsV2'],
  ...[
    'AlbumAssetExifsV1',
    'AssetsV2',
    'AssetExifsV1',
    'AssetEditsV1',
    'AssetMetadataV1',
    'AssetOcrV1',
  ],
  ...[
    'AuthUsersV1',
    'MemoriesV1',
    'MemoryToAssetsV1',
    'PartnersV1',
    'PartnerAssetsV1',
    'PartnerAssetsV2',
  ],
  ...['PartnerAssetExifsV1', 'PartnerStacksV1', 'StacksV1', 'UsersV1', 'PeopleV1', 'AssetFacesV1'],
  ...['AssetFacesV2', 'UserMetadataV1'],
];

const streamSchema = z.object({
  types: z.array(z.string().max(100)).max(100),
  reset: z.boolean().optional(),
});
const ackSchema = z.object({ acks: z.array(z.string().max(300)).max(1000) });
const clearSchema = z.object({ types: z.array(z.string().max(100)).max(100).optional() });

export interface SyncParts {
  readonly devices: Devices;
  readonly ownFiles: OwnFiles;
  readonly checkpoints: SyncCheckpoints;
  readonly loginNameOf: (device: TrustedDevice) => string;
}

/**
 * `POST /api/sync/stream`: what an app does not know yet of the files its device sent, as lines of JSON. What it
 * acknowledges is not sent again to its session.
 */
export function syncRoutes(parts: SyncParts): Router {
  const { devices, ownFiles, checkpoints } = parts;
  const router = Router({ caseSensitive: true });

  router.post('/api/sync/stream', async (request, response) => {
    const device = authenticate(request, devices);
    const sessionId = sessionOf(request);
    const { types, reset } = parsed(streamSchema, await readJson(request, response, LIMITS));
    const odd = types.find((type) => !REQUEST_TYPES.includes(type));
    if (odd !== undefined) {
      throw new RoostError('request/invalid', `There is no ${odd} here; use AssetsV2 for assets.`);
    }
    ownFiles.wantSha1s(device.deviceId);
    if (reset === true) checkpoints.clear(sessionId);
    response.writeHead(200, {
      'content-type': 'application/jsonlines+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const followed = devices.followedList(sessionId);
    if (followed !== undefined && followed !== ownFiles.changesId() && reset !== true) {
      // What the app keeps was told by a catalog that is not there any more.
      response.end(lineText('SyncResetV1', {}, 'SyncResetV1|reset'));
      return;
    }
    await stream(response, device, new Set(types), checkpoints.of(sessionId));
  });

  router.get('/api/sync/ack', (request, response) => {
    authenticate(request, devices);
    const acks = [...checkpoints.of(sessionOf(request))];
    answerImmich(
      request,
      response,
      acks.map(([type, ack]) => ({ type: type.split('|')[0], ack })),
    );
  });

  router.post('/api/sync/ack', async (request, response) => {
    authenticate(request, devices);
    const sessionId = sessionOf(request);
    const { acks } = parsed(ackSchema, await readJson(request, response, LIMITS));
    const isReset = acks.some((ack) => ack.startsWith('SyncResetV1|'));
    const listId = ownFiles.changesId();
    if (isReset || acks.some((ack) => ack.includes(`|${listId}|`))) {
      await devices.followList(sessionId, listId);
    }
    if (isReset) checkpoints.clear(sessionId);
    else checkpoints.set(sessionId, new Map(acks.flatMap(keysOf)));
    answerDone(request, response);
  });

  router.delete('/api/sync/ack', async (request, response) => {
    authenticate(request, devices);
    const sessionId = sessionOf(request);
    const { types } = parsed(clearSchema, await readJson(request, response, LIMITS));
    checkpoints.clear(sessionId, types?.flatMap(keysToClear));
    answerDone(request, response);
  });
  return router;

  /** Ends with a line that says so; a stream that broke off has none, so that nobody goes on behind what is missing. */
  async function stream(
    response: Response,
    device: TrustedDevice,
    types: ReadonlySet<string>,
    known: ReadonlyMap<string, string>,
  ): Promise<void> {
    const listId = ownFiles.changesId();
    const isOfOther = [...known.values()].some((ack) => {
      const [type = '', list] = ack.split('|');
      return COUNTED.has(type) && list !== listId;
    });
    if (isOfOther) {
      response.end(lineText('SyncResetV1', {}, 'SyncResetV1|reset'));
      return;
    }
    const email = parts.loginNameOf(device);
    const users = [
      ...(types.has('AuthUsersV1') ? [authUserLine(device, email)] : []),
      ...(types.has('UsersV1') ? [userLine(device, email)] : []),
    ];
    for (const { type, data, version } of users) {
      const ack = `${type}|${version}`;
      if (known.get(type) !== ack) response.write(lineText(type, data, ack));
    }
    // One end for all: a line must not speak of a file that the stream before it did not tell of.
    const end = ownFiles.lastChange();
    const asked = FILE_STREAMS.filter(({ request }) => types.has(request));
    const ends: string[] = [];
    for (const each of asked) {
      const upTo = await streamFiles(response, device, each, reached(each, known), end);
      if (upTo === undefined) return;
      ends.push(`${each.request}:${upTo}`);
    }
    response.end(lineText('SyncCompleteV1', {}, `SyncCompleteV1|${listId}|${ends.join(',')}`));
  }

  /** Gives the number of the last change it looked at, or nothing when the client went away. */
  async function streamFiles(
    response: Response,
    { deviceId }: TrustedDevice,
    { linesOf, goneLines }: FileStream,
    from: number,
    end: number,
  ): Promise<number | undefined> {
    const closed = once(response, 'close');
    const listId = ownFiles.changesId();
    const linesOfChange = (change: FileChange): readonly Line[] => {
      if ('goneId' in change) return goneLines(change.goneId);
      const kept = ownFiles.appMetadata(deviceId, change.file.receipt.receiptId);
      return linesOf(change.file, deviceId, kept);
    };
    for (let reachedNumber = from; ;) {
      const { changes, upTo } = ownFiles.changesAfter(
        deviceId,
        reachedNumber,
        end,
        CHANGES_AT_ONCE,
      );
      const lines = changes.flatMap((change) => {
        const all = linesOfChange(change);
        // Only with the last of its lines is a change known.
        return all.map((line, at) => ({
          ...line,
          changeNumber: change.changeNumber - (at < all.length - 1 ? 1 : 0),
        }));
      });
      for (const line of lines) {
        const ack = `${line.type}|${listId}|${line.changeNumber}`;
        const isFull = !response.write(lineText(line.type, line.data, ack));
        if (isFull) await Promise.race([drained(response), closed]);
        if (response.destroyed) return undefined;
      }
      if (upTo === reachedNumber) return upTo;
      reachedNumber = upTo;
      await new Promise(setImmediate);
    }
  }
}

/** Without leaving a listener behind where the client goes away instead. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', () => resolve());
  });
}

function lineText(type: string, data: object, ack: string): string {
  return `${JSON.stringify({ type, data, ack })}\n`;
}
