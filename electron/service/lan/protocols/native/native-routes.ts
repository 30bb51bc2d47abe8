import type { OutgoingHttpHeaders } from 'node:http';

import { Router } from 'express';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { DeviceLibraryState } from '../../../../../shared/library-state.ts';
import {
  checkRequestSchema,
  pairRequestSchema,
  PROTOCOL_VERSION,
  type CheckAnswer,
  type PairAnswer,
  type Ping,
} from '../../../../../shared/native-protocol.ts';
import { parseResourceType } from '../../../../../shared/resource-type.ts';
import type { Ingest } from '../../../ingest/ingest.ts';
import { authenticate } from '../../authenticate.ts';
import { answerJson } from '../../early-answer.ts';
import { answerProblem } from '../../problem-answer.ts';
import { readJson, type JsonLimits } from '../../read-json.ts';

import { inventoryHeader, inventoryRoutes, type InventoryParts } from './inventory-routes.ts';
import { parsedBody } from './parsed-body.ts';
import { uploadRoute, type UploadRouteParts } from './upload-route.ts';

const UPLOAD_PATH = '/v1/assets/:assetKey/:resourceType';
const UPLOAD_METHODS = 'PUT, POST, OPTIONS';

/** 5,000 entries with the longest keys. */
const CHECK_LIMITS: JsonLimits = { maxByteCount: 8 * 1024 * 1024, withinMs: 120_000 };
/** Anybody on the network may send this. */
const PAIR_LIMITS: JsonLimits = { maxByteCount: 16 * 1024, withinMs: 15_000 };

export interface NativeParts extends UploadRouteParts, InventoryParts {
  /** @throws RoostError `library/missing`. */
  readonly ingest: () => Ingest;
  /** What OPTIONS tells on the upload route. */
  readonly resumptionOffer: OutgoingHttpHeaders;
  readonly server: () => { readonly id: string; readonly name: string };
  readonly libraryState: () => DeviceLibraryState;
}

/** Native protocol v1; its full text is docs/protocol.md. */
export function nativeRoutes(parts: NativeParts): Router {
  const { devices, server } = parts;
  const router = Router({ caseSensitive: true });

  router.get('/v1/ping', (request, response) => {
    const { id, name } = server();
    const library = parts.libraryState();
    answerJson(request, response, 200, {}, { roost: 1, id, name, library } satisfies Ping);
  });

  router.post('/v1/pair', async (request, response) => {
    const { code, device } = parsedBody(
      pairRequestSchema,
      await readJson(request, response, PAIR_LIMITS),
    );
    const paired = await devices.pair(code, device);
    const answer: PairAnswer = { ...paired, server: { ...server(), protocol: PROTOCOL_VERSION } };
    answerJson(request, response, 201, {}, answer);
  });

  router.post('/v1/check', async (request, response) => {
    const device = authenticate(request, devices);
    const { resources } = parsedBody(
      checkRequestSchema,
      await readJson(request, response, CHECK_LIMITS),
    );
    const ingest = parts.ingest();
    await ingest.ready();
    const answers: CheckAnswer['resources'] = [];
    for (const entry of resources) {
      const resourceType = parseResourceType(entry.resourceType);
      const here =
        resourceType && (await ingest.find({ ...entry, resourceType, deviceId: device.deviceId }));
      answers.push({
        assetKey: entry.assetKey,
        resourceType: entry.resourceType,
        needed: !here,
        ...(here && { receiptId: here.receiptId, assetId: here.assetId }),
      });
    }
    const told = inventoryHeader(parts.inventory.status(device.deviceId));
    answerJson(request, response, 200, told, { resources: answers } satisfies CheckAnswer);
  });

  router.use(inventoryRoutes(parts));

  router.options(UPLOAD_PATH, (request, response) => {
    answerJson(request, response, 200, { ...parts.resumptionOffer, allow: UPLOAD_METHODS }, {});
  });
  router.put(UPLOAD_PATH, uploadRoute(parts));
  router.post(UPLOAD_PATH, uploadRoute(parts));
  router.all(UPLOAD_PATH, (request, response) => {
    const refused = new RoostError('request/method-not-allowed');
    answerProblem(request, response, refused, { allow: UPLOAD_METHODS });
  });
  return router;
}
