import { Router } from 'express';
import { z } from 'zod';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { AppMetadata } from '../../../../../shared/receipt.ts';
import type { Devices } from '../../../devices/devices.ts';
import { authenticate } from '../../authenticate.ts';
import type { OwnFiles } from '../../own-files.ts';
import { readJson, type JsonLimits } from '../../read-json.ts';

import { iso } from './asset-answer.ts';
import { parsed } from './asset-routes.ts';
import { answerImmich } from './immich-answer.ts';

const LIMITS: JsonLimits = { maxByteCount: 8 * 1024 * 1024, withinMs: 60_000 };
const MAX_ITEMS = 1000;
/** Beside one file. */
const MAX_KEYS = 50;
/** As JSON; what is longer is no note beside a photo. */
const MAX_VALUE_LENGTH = 8192;

const itemsSchema = z.object({
  items: z
    .array(
      z.object({
        assetId: z.uuid(),
        key: z.string().min(1).max(100),
        value: z
          .record(z.string(), z.unknown())
          .refine((value) => JSON.stringify(value).length <= MAX_VALUE_LENGTH, 'is too long'),
      }),
    )
    .max(MAX_ITEMS),
});

export interface MetadataRouteParts {
  readonly devices: Devices;
  readonly ownFiles: OwnFiles;
  /** Keeps it durably. @throws RoostError of the library. */
  readonly keepMetadata: (told: Omit<AppMetadata, 'notedAt'>) => Promise<AppMetadata>;
}

/** `PUT /api/assets/metadata`: what apps keep beside their files, such as a photo's name in iCloud. */
export function metadataRoutes({ devices, ownFiles, keepMetadata }: MetadataRouteParts): Router {
  const router = Router({ caseSensitive: true });
  /** Requests go one after another, so that what one keeps is counted by the next. */
  let last: Promise<unknown> = Promise.resolve();

  router.put('/api/assets/metadata', async (request, response) => {
    const { deviceId } = authenticate(request, devices);
    const { items } = parsed(itemsSchema, await readJson(request, response, LIMITS));
    const turn = last.then(() => keepAll(deviceId, items));
    last = turn.catch(() => undefined);
    answerImmich(request, response, await turn);
  });
  return router;

  /** Of a request that asks for too much nothing is kept. */
  async function keepAll(
    deviceId: string,
    items: z.infer<typeof itemsSchema>['items'],
  ): Promise<object[]> {
    const own = items.filter(({ assetId }) => ownFiles.byId(deviceId, assetId) !== undefined);
    for (const [assetId, told] of Map.groupBy(own, (item) => item.assetId)) {
      const known = ownFiles.appMetadata(deviceId, assetId);
      const added = new Set(told.map(({ key }) => key).filter((key) => !known.has(key)));
      if (added.size > 0 && known.size + added.size > MAX_KEYS) {
        throw new RoostError('request/too-large', 'There are too many keys beside this asset.');
      }
    }
    return Promise.all(
      own.map(async ({ assetId, key, value }) => {
        const told = { deviceId, receiptId: assetId, key, value: JSON.stringify(value) };
        const before = ownFiles.appMetadata(deviceId, assetId).get(key);
        const { notedAt } = before?.value === told.value ? before : await keepMetadata(told);
        return { assetId, key, value, updatedAt: iso(notedAt) };
      }),
    );
  }
}
