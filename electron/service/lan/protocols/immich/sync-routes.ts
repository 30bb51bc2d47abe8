import { once } from 'node:events';

import { Router, type Response } from 'express';
import { z } from 'zod';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import { authenticate, sessionOf } from '../../authenticate.ts';
import type { OwnFile, OwnFiles } from '../../own-files.ts';
import { readJson, type JsonLimits } from '../../read-json.ts';
import type { SyncCheckpoints } from '../../sync-checkpoints.ts';

import { assetLine } from './asset-answer.ts';
import { parsed } from './asset-routes.ts';
import { answerDone, answerImmich } from './immich-answer.ts';
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

/** Streams that are made of what changed with files, with the line that each change is. */
const FILE_STREAMS: readonly FileStream[] = [
  {
    request: 'AssetsV2',
    entities: ['AssetV2', 'AssetDeleteV1'],
    lineOf: (file, ownerId) => ({ type: 'AssetV2', data: assetLine(file, ownerId) }),
    goneLine: (assetId) => ({ type: 'AssetDeleteV1', data: { assetId } }),
  },
  {
    request: 'AssetMetadataV1',
    entities: ['AssetMetadataV1'],
    lineOf: (file) => metadataLine(file),
    goneLine: () => undefined,
  },
];

interface FileStream {
  readonly request: string;
  readonly entities: readonly string[];
  readonly lineOf: (file: OwnFile, ownerId: string) => Line | undefined;
  readonly goneLine: (assetId: string) => Line | undefined;
}

interface Line {
  readonly type: string;
  readonly data: object;
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
    if (acks.some((ack) => ack.startsWith('SyncResetV1|'))) checkpoints.clear(sessionId);
    else checkpoints.set(sessionId, new Map(acks.flatMap(keysOf)));
    answerDone(request, response);
  });

  router.delete('/api/sync/ack', async (request, response) => {
    authenticate(request, devices);
    const sessionId = sessionOf(request);
    const { types } = parsed(clearSchema, await readJson(request, response, LIMITS));
    checkpoints.clear(sessionId, types);
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
    const asked = FILE_STREAMS.filter(({ request }) => types.has(request));
    const ends: string[] = [];
    for (const each of asked) {
      const upTo = await streamFiles(response, device, each, reached(each, known));
      if (upTo === undefined) return;
      ends.push(`${each.request}:${upTo}`);
    }
    response.end(lineText('SyncCompleteV1', {}, `SyncCompleteV1|${listId}|${ends.join(',')}`));
  }

  /** Gives the number of the last change it looked at, or nothing when the client went away. */
  async function streamFiles(
    response: Response,
    { deviceId }: TrustedDevice,
    { lineOf, goneLine }: FileStream,
    from: number,
  ): Promise<number | undefined> {
    const listId = ownFiles.changesId();
    for (let reachedNumber = from; ;) {
      const { changes, upTo } = ownFiles.changesAfter(deviceId, reachedNumber, CHANGES_AT_ONCE);
      for (const change of changes) {
        const line = 'file' in change ? lineOf(change.file, deviceId) : goneLine(change.goneId);
        if (line === undefined) continue;
        const ack = `${line.type}|${listId}|${change.changeNumber}`;
        const isFull = !response.write(lineText(line.type, line.data, ack));
        if (isFull) await Promise.race([once(response, 'drain'), once(response, 'close')]);
        if (response.destroyed) return undefined;
      }
      if (upTo === reachedNumber) return upTo;
      reachedNumber = upTo;
      await new Promise(setImmediate);
    }
  }
}

/** Entities whose acknowledgements count changes. */
const COUNTED: ReadonlySet<string> = new Set([
  'SyncCompleteV1',
  ...FILE_STREAMS.flatMap(({ entities }) => entities),
]);

/** The change up to which a session knows a stream. */
function reached({ request, entities }: FileStream, known: ReadonlyMap<string, string>): number {
  const keys = [...entities, `SyncCompleteV1|${request}`];
  return Math.max(0, ...keys.map((key) => Number(known.get(key)?.split('|')[2]) || 0));
}

/** What an acknowledgement is kept under; the end of several streams under each of them. */
function keysOf(ack: string): (readonly [string, string])[] {
  const [type = '', list = '', ends = ''] = ack.split('|');
  if (type !== 'SyncCompleteV1') return [[type, ack]];
  return ends.split(',').flatMap((end) => {
    const [request = '', number = ''] = end.split(':');
    return request === '' ? [] : [[`${type}|${request}`, `${type}|${list}|${number}`] as const];
  });
}

function lineText(type: string, data: object, ack: string): string {
  return `${JSON.stringify({ type, data, ack })}\n`;
}

/** What the phone's app keeps beside a file; YAIIU finds its photos of iCloud by it. */
function metadataLine({ receipt }: OwnFile): Line | undefined {
  const { cloudId, location } = receipt.told;
  if (cloudId === undefined) return undefined;
  return {
    type: 'AssetMetadataV1',
    data: {
      assetId: receipt.receiptId,
      key: 'mobile-app',
      value: {
        iCloudId: cloudId,
        ...(location && {
          latitude: String(location.latitude),
          longitude: String(location.longitude),
        }),
      },
    },
  };
}
