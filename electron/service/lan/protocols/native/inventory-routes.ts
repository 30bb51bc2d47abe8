import { Router, type Request, type Response } from 'express';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import {
  inventoryPageSchema,
  MAX_PAGE_BYTES,
  safeQuerySchema,
  type InventoryPageAnswer,
  type InventoryStatus,
} from '../../../../../shared/inventory.ts';
import { HEADERS } from '../../../../../shared/native-protocol.ts';
import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import { authenticate } from '../../authenticate.ts';
import { answerJson } from '../../early-answer.ts';
import type { InventoryAnswers } from '../../inventory-answers.ts';
import { answerProblem } from '../../problem-answer.ts';
import { readJson, type JsonLimits } from '../../read-json.ts';

import { parsedBody } from './parsed-body.ts';

/** 5,000 assets of several files each; a device that names more than fits makes its pages smaller. */
const PAGE_LIMITS: JsonLimits = { maxByteCount: MAX_PAGE_BYTES, withinMs: 120_000 };
/** Each may hold a body of the largest size and what it is parsed into. */
const MAX_PAGES_AT_ONCE = 4;
const MAX_PAGES_OF_DEVICE = 2;

const INVENTORY_PATH = '/v1/inventory';
const SAFE_PATH = '/v1/safe-to-delete';

export interface InventoryParts {
  readonly devices: Devices;
  readonly inventory: InventoryAnswers;
}

/** `PUT` and `GET /v1/inventory`, `GET /v1/safe-to-delete`. */
export function inventoryRoutes({ devices, inventory }: InventoryParts): Router {
  const router = Router({ caseSensitive: true });
  const running: string[] = [];

  const putPage = async (
    request: Request,
    response: Response,
    { deviceId }: TrustedDevice,
  ): Promise<InventoryPageAnswer> => {
    const ofDevice = running.filter((each) => each === deviceId).length;
    if (running.length >= MAX_PAGES_AT_ONCE || ofDevice >= MAX_PAGES_OF_DEVICE) {
      throw new RoostError('service/overloaded');
    }
    running.push(deviceId);
    try {
      const page = parsedBody(inventoryPageSchema, await readJson(request, response, PAGE_LIMITS));
      return await inventory.put(deviceId, page);
    } finally {
      running.splice(running.indexOf(deviceId), 1);
    }
  };

  router.put(INVENTORY_PATH, async (request, response) => {
    const device = authenticate(request, devices);
    try {
      answerJson(request, response, 200, {}, await putPage(request, response, device));
    } catch (error) {
      const missingPages = missingPagesOf(error);
      if (!missingPages || !(error instanceof RoostError)) throw error;
      answerProblem(request, response, error, {}, { members: { missingPages } });
    }
  });

  router.get(INVENTORY_PATH, (request, response) => {
    const { deviceId } = authenticate(request, devices);
    const status = inventory.status(deviceId);
    answerJson(request, response, 200, inventoryHeader(status), status);
  });

  router.get(SAFE_PATH, async (request, response) => {
    const { deviceId } = authenticate(request, devices);
    const { after, limit } = parsedBody(safeQuerySchema, request.query);
    const answer = await inventory.safeToDelete(deviceId, { after, limit });
    answerJson(request, response, 200, inventoryHeader(inventory.status(deviceId)), answer);
  });

  for (const [path, allow] of [
    [INVENTORY_PATH, 'GET, HEAD, PUT'],
    [SAFE_PATH, 'GET, HEAD'],
  ] as const) {
    router.all(path, (request, response) => {
      answerProblem(request, response, new RoostError('request/method-not-allowed'), { allow });
    });
  }
  return router;
}

/** Says with an answer whether an inventory of the device is known: without one it may send one. */
export function inventoryHeader({ current }: InventoryStatus): Record<string, string> {
  return { [HEADERS.inventory]: current ? 'current' : 'none' };
}

function missingPagesOf(error: unknown): readonly number[] | undefined {
  return error instanceof RoostError && 'missingPages' in error
    ? (error.missingPages as readonly number[])
    : undefined;
}
