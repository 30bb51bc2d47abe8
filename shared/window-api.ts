import { z } from 'zod';

import { assetFilterFields } from './asset-filter.ts';
import { filingViewSchema } from './filing-view.ts';
import { jobFilterFields } from './job-filter.ts';
import { findingViewSchema, scrubStatusSchema } from './scrub-view.ts';
import { settingsChangeSchema, settingsSchema } from './settings.ts';
import {
  assetDetailsSchema,
  deviceViewSchema,
  discoveryStateSchema,
  jobDetailsSchema,
  jobGroupSchema,
  jobViewSchema,
  monthSummarySchema,
  overviewSchema,
  pairingViewSchema,
  previewFailureSchema,
  timelineAssetSchema,
} from './window-views.ts';

/**
 * The contract between the window and the service: one typed map, used on both ends.
 *
 * `:name` parts of a path come from the input; the rest of the input is the query of a GET and the JSON body
 * of anything else. Failures are RFC 9457 problems with a code of shared/error-catalogue.ts.
 */
export const WINDOW_API = {
  'overview.get': {
    method: 'GET',
    path: '/api/overview',
    input: z.object({}),
    output: overviewSchema,
  },

  'timeline.months': {
    method: 'GET',
    path: '/api/timeline/months',
    input: z.object(assetFilterFields),
    /** Newest month first. */
    output: z.object({ months: z.array(monthSummarySchema) }),
  },
  'timeline.month': {
    method: 'GET',
    path: '/api/timeline/months/:month',
    input: z.object({ ...assetFilterFields, month: z.string().regex(/^\d{4}-\d{2}$/) }),
    /** Newest asset first. */
    output: z.object({ assets: z.array(timelineAssetSchema) }),
  },
  'asset.get': {
    method: 'GET',
    path: '/api/assets/:assetId',
    input: z.object({ assetId: z.uuid() }),
    output: assetDetailsSchema,
  },
  /** Takes a part that was joined by a guess out of its asset. */
  'asset.split': {
    method: 'POST',
    path: '/api/assets/:assetId/split',
    input: z.object({ assetId: z.uuid(), partId: z.uuid() }),
    /** The two assets there are now: what stays, and what was taken out. */
    output: z.object({ assetId: z.uuid(), splitAssetId: z.uuid() }),
  },
  /** Leaves two assets to the guesses again that a person split: takes `asset.split` back. */
  'asset.unsplit': {
    method: 'POST',
    path: '/api/assets/:assetId/unsplit',
    input: z.object({ assetId: z.uuid(), splitAssetId: z.uuid() }),
    output: z.object({ assetId: z.uuid() }),
  },
  'previews.retry': {
    method: 'POST',
    path: '/api/assets/:assetId/retry-previews',
    input: z.object({ assetId: z.uuid() }),
    output: z.object({}),
  },
  'previews.failures': {
    method: 'GET',
    path: '/api/previews/failures',
    input: z.object({
      /** Cursor of the previous page. */
      before: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      /** Last failed first. */
      failures: z.array(previewFailureSchema),
      /** How many there are for each reason of shared/preview-reasons.ts. */
      counts: z.record(z.string(), z.number().int()),
      nextCursor: z.string().optional(),
    }),
  },
  /** Makes every failed preview again; `assets` events tell how each ended. */
  'previews.retryAll': {
    method: 'POST',
    path: '/api/previews/retry-failed',
    input: z.object({}),
    output: z.object({}),
  },

  'jobs.list': {
    method: 'GET',
    path: '/api/jobs',
    input: z.object({
      ...jobFilterFields,
      /** Cursor of the previous page. */
      before: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      /** Last changed first. */
      jobs: z.array(jobViewSchema),
      /** There may be more behind it, also where a search found nothing in what this answer looked through. */
      nextCursor: z.string().optional(),
      /** How many jobs there are in each state, with the device filter but without the state filter. */
      counts: z.record(z.string(), z.number().int()),
    }),
  },
  /** What ended, by day and device; last day first. `text` and `reasons` are not for groups. */
  'jobs.groups': {
    method: 'GET',
    path: '/api/job-groups',
    input: z.object({
      ...jobFilterFields,
      /** Cursor of the previous page. */
      before: z.string().max(100).optional(),
      /** A page ends with the day in which so many groups are reached. */
      limit: z.coerce.number().int().min(1).max(100).default(20),
    }),
    output: z.object({ groups: z.array(jobGroupSchema), nextCursor: z.string().optional() }),
  },
  'job.get': {
    method: 'GET',
    path: '/api/jobs/:jobId',
    input: z.object({ jobId: z.uuid() }),
    output: jobDetailsSchema,
  },

  'devices.list': {
    method: 'GET',
    path: '/api/devices',
    input: z.object({}),
    output: z.object({ devices: z.array(deviceViewSchema) }),
  },
  'device.create': {
    method: 'POST',
    path: '/api/devices',
    input: z.object({ name: z.string().trim().min(1).max(200) }),
    /** The token is told this once. */
    output: z.object({ deviceId: z.uuid(), token: z.string() }),
  },
  'device.rename': {
    method: 'PATCH',
    path: '/api/devices/:deviceId',
    input: z.object({ deviceId: z.uuid(), name: z.string().trim().min(1).max(200) }),
    output: deviceViewSchema,
  },
  'device.revoke': {
    method: 'POST',
    path: '/api/devices/:deviceId/revoke',
    input: z.object({ deviceId: z.uuid() }),
    output: deviceViewSchema,
  },
  'pairing.begin': {
    method: 'POST',
    path: '/api/pairing',
    /** `name` is what the device will be called when it does not say. */
    input: z.object({ name: z.string().trim().max(200).optional() }),
    output: pairingViewSchema,
  },
  'pairing.cancel': {
    method: 'DELETE',
    path: '/api/pairing/:code',
    input: z.object({ code: z.string().max(64) }),
    output: z.object({}),
  },

  'scrub.findings': {
    method: 'GET',
    path: '/api/scrub/findings',
    input: z.object({
      /** Originals that are damaged or missing, or those of them that were replaced by a good copy. */
      which: z.enum(['open', 'replaced']).default('open'),
      /** Cursor of the previous page. */
      before: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    output: z.object({
      /** Last found first. */
      findings: z.array(findingViewSchema),
      nextCursor: z.string().optional(),
    }),
  },
  'scrub.start': {
    method: 'POST',
    path: '/api/scrub/start',
    input: z.object({}),
    output: scrubStatusSchema,
  },
  'scrub.stop': {
    method: 'POST',
    path: '/api/scrub/stop',
    input: z.object({}),
    output: scrubStatusSchema,
  },
  'scrub.checkAgain': {
    method: 'POST',
    path: '/api/scrub/findings/:receiptId/check-again',
    input: z.object({ receiptId: z.uuid() }),
    /** It is looked at after this answer; a `scrub` event tells when that is done. */
    output: z.object({}),
  },

  'filing.get': {
    method: 'GET',
    path: '/api/filing',
    /** The plan looks at every photo, so only who shows it asks for it. */
    input: z.object({ plan: z.enum(['yes', 'no']).default('no') }),
    output: filingViewSchema,
  },
  /** Begins to move everything to where it would be placed today, in the background. */
  'filing.refile': {
    method: 'POST',
    path: '/api/filing/refile',
    input: z.object({}),
    output: z.object({ batchId: z.uuid() }),
  },
  /** Ends what runs; what was moved stays, and can be taken back. */
  'filing.stop': {
    method: 'POST',
    path: '/api/filing/stop',
    input: z.object({}),
    output: z.object({}),
  },
  /** Begins to take back a batch, in the background. */
  'filing.undo': {
    method: 'POST',
    path: '/api/filing/batches/:batchId/undo',
    input: z.object({ batchId: z.uuid() }),
    output: z.object({ batchId: z.uuid() }),
  },
  'assets.trash': {
    method: 'POST',
    path: '/api/trash',
    input: z.object({ assetIds: z.array(z.uuid()).min(1).max(1000) }),
    /** They are in the trash when this is answered; `assets.restore` takes the batch back. */
    output: z.object({ batchId: z.uuid() }),
  },
  'assets.restore': {
    method: 'POST',
    path: '/api/trash/:batchId/restore',
    input: z.object({ batchId: z.uuid() }),
    output: z.object({ batchId: z.uuid() }),
  },

  'settings.get': {
    method: 'GET',
    path: '/api/settings',
    input: z.object({}),
    output: z.object({ settings: settingsSchema, restartNeeded: z.boolean() }),
  },
  'settings.change': {
    method: 'PATCH',
    path: '/api/settings',
    input: settingsChangeSchema,
    output: z.object({ settings: settingsSchema, restartNeeded: z.boolean() }),
  },
  'service.restart': {
    method: 'POST',
    path: '/api/service/restart',
    input: z.object({}),
    output: z.object({}),
  },
} as const satisfies Record<string, ApiCall>;

interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: `/api/${string}`;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
}

export type WindowCall = keyof typeof WINDOW_API;
/** What a caller passes; defaults may be left out. */
export type WindowInput<C extends WindowCall> = z.input<(typeof WINDOW_API)[C]['input']>;
/** What a handler gets, after parsing. */
export type WindowParsedInput<C extends WindowCall> = z.output<(typeof WINDOW_API)[C]['input']>;
export type WindowOutput<C extends WindowCall> = z.output<(typeof WINDOW_API)[C]['output']>;

/**
 * What the service tells by itself, as server-sent events on `EVENTS_PATH`; the SSE `data` is one of these as
 * JSON. `jobs` carries the jobs themselves (at most four times a second); the others say what to ask for anew.
 * After a lost connection the window asks for everything it shows again.
 */
export const windowEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), startedAt: z.number().int() }),
  z.object({ type: z.literal('jobs'), jobs: z.array(jobViewSchema) }),
  /** Assets that came or changed, with the months they stand in. */
  z.object({
    type: z.literal('assets'),
    assets: z.array(timelineAssetSchema),
    months: z.array(z.string()),
    /** Assets that are not shown any more: part of another one now, or thrown away. */
    removedAssetIds: z.array(z.uuid()),
  }),
  z.object({ type: z.literal('devices') }),
  z.object({ type: z.literal('discovery'), state: discoveryStateSchema }),
  z.object({ type: z.literal('overview') }),
  /** Anything may have changed, as when the library was opened again: everything shown is asked for anew. */
  z.object({ type: z.literal('anew') }),
  z.object({ type: z.literal('scrub'), status: scrubStatusSchema }),
  /** A batch of moves began, came further or ended. */
  z.object({ type: z.literal('filing') }),
  z.object({ type: z.literal('stopping') }),
]);

export type WindowEvent = z.infer<typeof windowEventSchema>;

export const EVENTS_PATH = '/api/events';

/**
 * Address of a preview; `version` is the asset's, so the answer may be cached for ever. `tile` and `screen` are
 * pictures, `clip` is a short movie without sound, for assets with `hasClip`.
 */
export function previewPath(
  assetId: string,
  kind: 'tile' | 'screen' | 'clip',
  version: string,
): string {
  return `/media/assets/${assetId}/${kind}?v=${encodeURIComponent(version)}`;
}

/** Address of the original bytes of a resource; `download` asks for an attachment with its file name. */
export function originalPath(receiptId: string, download = false): string {
  return `/media/resources/${receiptId}/original${download ? '?download=1' : ''}`;
}
