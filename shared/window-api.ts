import { z } from 'zod';

import { ACTION_CALLS } from './action-calls.ts';
import { assetFilterFields } from './asset-filter.ts';
import { exportViewSchema } from './export-view.ts';
import { DEVICE_CALLS } from './device-calls.ts';
import { DISMISSIBLE, homeViewSchema } from './home-view.ts';
import { jobFilterFields } from './job-filter.ts';
import { findingViewSchema, scrubStatusSchema } from './scrub-view.ts';
import { settingsChangeSchema, settingsSchema } from './settings.ts';
import {
  assetDetailsSchema,
  discoveryStateSchema,
  facetsSchema,
  jobDetailsSchema,
  jobGroupSchema,
  jobViewSchema,
  monthSummarySchema,
  overviewSchema,
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
  'home.get': {
    method: 'GET',
    path: '/api/home',
    input: z.object({}),
    output: homeViewSchema,
  },
  /** What is told on the home page of uploads that went wrong is not told any more, until one does so again. */
  'home.dismiss': {
    method: 'POST',
    path: '/api/home/dismissed',
    input: z.object({ what: z.enum(DISMISSIBLE) }),
    /** By which it can be taken back. */
    output: z.object({ dismissedAt: z.number().int() }),
  },
  'home.undismiss': {
    method: 'POST',
    path: '/api/home/undismissed',
    input: z.object({ dismissedAt: z.number().int() }),
    output: z.object({}),
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
    /** At most `limit` assets of the days from `firstDay` to `lastDay`, newest first, without the first `offset`. */
    input: z.object({
      ...assetFilterFields,
      month: z.string().regex(/^\d{4}-\d{2}$/),
      firstDay: z.coerce.number().int().min(1).max(31).default(1),
      lastDay: z.coerce.number().int().min(1).max(31).default(31),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(1000),
    }),
    /** Newest asset first. */
    output: z.object({ assets: z.array(timelineAssetSchema) }),
  },
  'timeline.facets': {
    method: 'GET',
    path: '/api/timeline/facets',
    input: z.object(assetFilterFields),
    output: facetsSchema,
  },
  /** Of each month of a year the newest asset with a picture, to show the year by. */
  'timeline.covers': {
    method: 'GET',
    path: '/api/timeline/years/:year/covers',
    input: z.object({ ...assetFilterFields, year: z.string().regex(/^\d{4}$/) }),
    /** Newest month first; a month without any picture is left out. */
    output: z.object({ assets: z.array(timelineAssetSchema) }),
  },
  'asset.get': {
    method: 'GET',
    path: '/api/assets/:assetId',
    input: z.object({ assetId: z.uuid() }),
    output: assetDetailsSchema,
  },
  /** What stands around an asset in the timeline, of what the filter lets through. */
  'asset.neighbours': {
    method: 'GET',
    path: '/api/assets/:assetId/neighbours',
    input: z.object({
      ...assetFilterFields,
      assetId: z.uuid(),
      /** At most as many on either side. */
      count: z.coerce.number().int().min(1).max(60).default(30),
    }),
    /** Nearest first; fewer than asked for at the end of the timeline. `here` is the asset itself, while it is shown. */
    output: z.object({
      newer: z.array(timelineAssetSchema),
      here: timelineAssetSchema.optional(),
      older: z.array(timelineAssetSchema),
    }),
  },
  /** Where an original lies on the service's computer, for the shell that opens it or shows it in its folder. */
  'original.place': {
    method: 'GET',
    path: '/api/originals/:receiptId/place',
    input: z.object({ receiptId: z.uuid() }),
    output: z.object({
      path: z.string(),
      /** A picture or movie by name and by content: the system's program for it may be started with it. */
      isOpenable: z.boolean(),
    }),
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

  ...DEVICE_CALLS,

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

  ...ACTION_CALLS,

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
  /** How large the JSON body of a call may be; 64 KiB unless told. */
  readonly maxBodyByteCount?: number;
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
  /** A photo came back from the trash, because a device sent it anew. */
  z.object({ type: z.literal('returned'), assetId: z.uuid(), fileName: z.string() }),
  /** All exports, newest first; at most four times a second. */
  z.object({ type: z.literal('exports'), exports: z.array(exportViewSchema) }),
  /** A device told what it has, or more of that is here. */
  z.object({ type: z.literal('coverage') }),
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

/** Address of a picture of one resource, whichever of its asset's is shown; its bytes never change. */
export function resourcePreviewPath(
  { receiptId, sha256 }: { readonly receiptId: string; readonly sha256: string },
  kind: 'tile' | 'screen',
): string {
  return `/media/resources/${receiptId}/${kind}?v=${sha256.slice(0, 16)}`;
}

/** Address of the original bytes of a resource; `download` asks for an attachment with its file name. */
export function originalPath(receiptId: string, download = false): string {
  return `/media/resources/${receiptId}/original${download ? '?download=1' : ''}`;
}
