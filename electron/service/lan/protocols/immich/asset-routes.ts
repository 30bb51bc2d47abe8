import { Router, type Request, type Response } from 'express';
import { z } from 'zod';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import { authenticate } from '../../authenticate.ts';
import { readJson, type JsonLimits } from '../../read-json.ts';
import type { OwnFile, OwnFiles } from '../../own-files.ts';

import { parseSha1 } from './app-asset-id.ts';
import { assetAnswer } from './asset-answer.ts';
import { answerDone, answerImmich } from './immich-answer.ts';

/** Ten thousand checks with long paths. */
const CHECK_LIMITS: JsonLimits = { maxByteCount: 16 * 1024 * 1024, withinMs: 120_000 };
const SMALL_LIMITS: JsonLimits = { maxByteCount: 4 * 1024 * 1024, withinMs: 30_000 };
const MAX_CHECKS = 20_000;
/** Between two turns of the service's other work. */
const CHECKS_AT_ONCE = 50;
const MAX_IDS = 10_000;
const MAX_PAGE = 1000;
/** Pages are told apart by where they begin in the journal, which takes as long for the last as for the first. */
const PAGE_BASE = 1_000_000_000;

export interface AssetRouteParts {
  readonly devices: Devices;
  readonly ownFiles: OwnFiles;
  /** Makes assets, by the ids of their receipts, favourites or none. @throws RoostError of the library. */
  readonly setFavourite: (assetIds: readonly string[], isFavourite: boolean) => Promise<void>;
  readonly sendThumbnail: (
    request: Request,
    response: Response,
    file: OwnFile,
    size: 'tile' | 'screen',
  ) => Promise<void>;
  readonly sendOriginal: (response: Response, file: OwnFile) => Promise<void>;
}

const checkSchema = z.object({
  assets: z
    .array(z.object({ id: z.string().max(8192), checksum: z.string().max(100) }))
    .max(MAX_CHECKS),
});

/** Of a condition that is not known nothing passes: "everything" would be read as "it is here". */
const searchSchema = z.looseObject({
  checksum: z.string().max(100).optional(),
  page: z.coerce.number().int().min(1).catch(1),
  size: z.coerce.number().int().min(1).max(MAX_PAGE).catch(250),
});

const IS_NO_CONDITION = /^(?:with[A-Z]\w*|order|orderBy|isVisible|visibility|cursor)$/;

const updateSchema = z.object({
  ids: z.array(z.uuid()).max(MAX_IDS),
  isFavorite: z.boolean().optional(),
});

/** What devices ask of the files they sent. */
export function assetRoutes(parts: AssetRouteParts): Router {
  const { devices, ownFiles } = parts;
  const router = Router({ caseSensitive: true });

  router.post('/api/assets/bulk-upload-check', async (request, response) => {
    const { deviceId } = authenticate(request, devices);
    ownFiles.wantSha1s(deviceId);
    const { assets } = parsed(checkSchema, await readJson(request, response, CHECK_LIMITS));
    const results: object[] = [];
    for (const [at, { id, checksum }] of assets.entries()) {
      if (at % CHECKS_AT_ONCE === CHECKS_AT_ONCE - 1) await new Promise(setImmediate);
      results.push({ id, ...(await verdictOn(deviceId, checksum)) });
    }
    answerImmich(request, response, { results });
  });

  router.post('/api/search/metadata', async (request, response) => {
    const { deviceId } = authenticate(request, devices);
    ownFiles.wantSha1s(deviceId);
    const asked = parsed(searchSchema, await readJson(request, response, SMALL_LIMITS));
    const { files, nextPage, total } = await found(deviceId, asked);
    answerImmich(request, response, {
      albums: { count: 0, facets: [], items: [], total: 0 },
      assets: {
        count: files.length,
        facets: [],
        items: files.map((file) => assetAnswer(file, deviceId)),
        nextCursor: null,
        nextPage,
        total,
      },
    });
  });

  router.get('/api/assets/statistics', async (request, response) => {
    const { deviceId } = authenticate(request, devices);
    const { images, videos } = await ownFiles.counts(deviceId);
    answerImmich(request, response, { images, videos, total: images + videos });
  });

  router.put('/api/assets', async (request, response) => {
    const { deviceId } = authenticate(request, devices);
    const { ids, isFavorite } = parsed(
      updateSchema,
      await readJson(request, response, SMALL_LIMITS),
    );
    const assetIds = new Set<string>();
    for (const [at, id] of ids.entries()) {
      if (at % CHECKS_AT_ONCE === CHECKS_AT_ONCE - 1) await new Promise(setImmediate);
      const file = ownFiles.byId(deviceId, id);
      // What is so already is no decision: an app that tells its state must not overrule the person.
      if (file && file.isFavourite !== isFavorite) assetIds.add(file.receipt.assetId);
    }
    if (isFavorite !== undefined && assetIds.size > 0) {
      await parts.setFavourite([...assetIds], isFavorite);
    }
    answerDone(request, response);
  });

  router.delete('/api/assets', (request) => {
    authenticate(request, devices);
    throw new RoostError('auth/not-by-device');
  });

  router.get('/api/assets/:id', (request, response) => {
    const device = authenticate(request, devices);
    answerImmich(
      request,
      response,
      assetAnswer(fileOf(device, request.params.id), device.deviceId),
    );
  });

  router.get('/api/assets/:id/thumbnail', async (request, response) => {
    const file = fileOf(authenticate(request, devices), request.params.id);
    const { size } = request.query;
    const isLarge = size === 'preview' || size === 'fullsize';
    await parts.sendThumbnail(request, response, file, isLarge ? 'screen' : 'tile');
  });

  for (const path of ['/api/assets/:id/original', '/api/assets/:id/video/playback'] as const) {
    router.get(path, async (request: Request<{ id: string }>, response: Response) => {
      const file = fileOf(authenticate(request, devices), request.params.id);
      await parts.sendOriginal(response, file);
    });
  }
  return router;

  /** @throws RoostError `request/not-found`, of another device's file too: which those are is nobody's business. */
  function fileOf({ deviceId }: TrustedDevice, id: string): OwnFile {
    const file = ownFiles.byId(deviceId, id);
    if (!file) throw new RoostError('request/not-found', 'There is no such asset.');
    return file;
  }

  async function verdictOn(deviceId: string, checksum: string): Promise<object> {
    const sha1 = parseSha1(checksum);
    const known = sha1 && (await ownFiles.standingBySha1(deviceId, sha1));
    if (!known) return { action: 'accept' };
    const isTrashed = ownFiles.byId(deviceId, known.receiptId)?.trashedAt !== undefined;
    return { action: 'reject', reason: 'duplicate', assetId: known.receiptId, isTrashed };
  }

  async function found(
    deviceId: string,
    { checksum, page, size, ...others }: z.infer<typeof searchSchema>,
  ): Promise<{
    readonly files: readonly OwnFile[];
    readonly nextPage: string | null;
    readonly total: number;
  }> {
    if (checksum !== undefined) {
      // Its app takes an answer as "it is here", so the file must stand.
      const sha1 = parseSha1(checksum);
      const known = sha1 && (await ownFiles.standingBySha1(deviceId, sha1));
      const file = known && ownFiles.byId(deviceId, known.receiptId);
      const files = file ? [file] : [];
      return { files, nextPage: null, total: files.length };
    }
    const conditions = Object.keys(others);
    // A client gives back what it was told of the next page; one that counts by itself gets the first page alone.
    if ((page > 1 && page < PAGE_BASE) || conditions.some((name) => !IS_NO_CONDITION.test(name)))
      return { files: [], nextPage: null, total: 0 };
    const from = page === 1 ? Infinity : page - PAGE_BASE;
    const { files, before } = ownFiles.page(deviceId, from, size);
    const nextPage = before === undefined ? null : String(before + PAGE_BASE);
    // Immich counts what it answers.
    return { files, nextPage, total: files.length };
  }
}

/** @throws RoostError `request/invalid` that says which field it is. */
export function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new RoostError(
    'request/invalid',
    `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}
