import { z } from 'zod';

import { assetFilterFields } from './asset-filter.ts';
import { EXPORT_FILES, exportViewSchema } from './export-view.ts';
import { filingViewSchema } from './filing-view.ts';
import { trashPageSchema, trashTotalsSchema } from './trash-view.ts';

/** Assets that a person can do something with at once. */
export const MAX_CHOSEN_ASSETS = 100_000;

const chosenAssets = z.array(z.uuid()).min(1).max(MAX_CHOSEN_ASSETS);

/** The size of a body that names so many assets, and some more. */
const CHOSEN_BODY_BYTES = MAX_CHOSEN_ASSETS * 40 + 4096;

/** Assets by their ids, or else everything that a filter lets through, however many. */
const chosenOrAll = {
  assetIds: chosenAssets.optional(),
  filter: z.object(assetFilterFields).optional(),
  /** As `assets.ids` gave it, with a filter: what came to the library after that is left out. */
  asOf: z.number().int().min(0).optional(),
};

/** What a batch into the trash or back has done when it is answered. */
const begunSchema = z.object({
  /** Absent where there was nothing to move. */
  batchId: z.uuid().optional(),
  /** More follows after the answer, and `filing` events tell how far it is. */
  isRunning: z.boolean(),
  /** Files so far that were moved, and those that stay where they are since they are damaged or missing. */
  movedCount: z.number().int(),
  failedCount: z.number().int(),
  /** Assets that were passed over: they are in the trash already, or gone. */
  skippedCount: z.number().int(),
});

export type Begun = z.infer<typeof begunSchema>;

/** What a person does with files and with chosen assets: a part of the contract in window-api.ts. */
export const ACTION_CALLS = {
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
  /** The ids of what a filter lets through, newest first, for selecting much at once. */
  'assets.ids': {
    method: 'GET',
    path: '/api/asset-ids',
    input: z.object({
      ...assetFilterFields,
      /** Only of this month `YYYY-MM` or day `YYYY-MM-DD`. */
      within: z
        .string()
        .regex(/^\d{4}-\d{2}(-\d{2})?$/)
        .optional(),
      /** Only from the one to the other in the timeline, both included, in either order. */
      oneEnd: z.uuid().optional(),
      otherEnd: z.uuid().optional(),
    }),
    /** Not more than MAX_CHOSEN_ASSETS; `isCut` where there are more. `days` are theirs, `YYYY-MM-DD`. */
    output: z.object({
      assetIds: z.array(z.uuid()),
      days: z.array(z.string()),
      isCut: z.boolean(),
      /** What the library held when this was asked; for an export of all of it. */
      asOf: z.number().int(),
    }),
  },
  /** How much some assets are. */
  'assets.measure': {
    method: 'POST',
    path: '/api/asset-size',
    input: z.object({ ...chosenOrAll, files: z.enum(EXPORT_FILES).default('everything') }),
    maxBodyByteCount: CHOSEN_BODY_BYTES,
    output: z.object({
      assetCount: z.number().int(),
      fileCount: z.number().int(),
      byteCount: z.number().int(),
      favouriteCount: z.number().int(),
      /** Else it is at least so much: counting all of it would take long. */
      isAll: z.boolean(),
    }),
  },
  'assets.favourite': {
    method: 'POST',
    path: '/api/favourites',
    input: z.object({ assetIds: chosenAssets, isFavourite: z.boolean() }),
    maxBodyByteCount: CHOSEN_BODY_BYTES,
    /** Those that were not so before; the others stay as they are. */
    output: z.object({ changedAssetIds: z.array(z.uuid()) }),
  },
  'assets.trash': {
    method: 'POST',
    path: '/api/trash',
    input: z.object({ assetIds: chosenAssets }),
    maxBodyByteCount: CHOSEN_BODY_BYTES,
    /** A few are in the trash when this is answered; many follow. `assets.restore` takes the batch back. */
    output: begunSchema,
  },
  'assets.restore': {
    method: 'POST',
    path: '/api/trash/:batchId/restore',
    input: z.object({ batchId: z.uuid() }),
    /** A few are back when this is answered; many follow. */
    output: begunSchema,
  },
  'trash.list': {
    method: 'GET',
    path: '/api/trash',
    input: z.object({
      /** Cursor of the previous page. */
      before: z.string().max(100).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    output: trashPageSchema,
  },
  /** The ids of all that is in the trash, for choosing it at once; not more than MAX_CHOSEN_ASSETS. */
  'trash.ids': {
    method: 'GET',
    path: '/api/trash/ids',
    input: z.object({}),
    output: z.object({ assetIds: z.array(z.uuid()), isCut: z.boolean() }),
  },
  /** What would be given up by itself at once if `emptyTrashAfterDays` were so many; with 0 nothing ever is. */
  'trash.due': {
    method: 'GET',
    path: '/api/trash/due',
    input: z.object({ afterDays: z.coerce.number<number>().int().min(0).max(3650) }),
    output: trashTotalsSchema,
  },
  /** Brings assets back to where they were; all that is in the trash where none are named. */
  'trash.restore': {
    method: 'POST',
    path: '/api/trash/restore',
    input: z.object({ assetIds: chosenAssets.optional() }),
    maxBodyByteCount: CHOSEN_BODY_BYTES,
    output: begunSchema,
  },
  /** Gives up for good what is in the trash, or some of it; it goes on after the answer, told by `filing` events. */
  'trash.empty': {
    method: 'POST',
    path: '/api/trash/empty',
    input: z.object({ assetIds: chosenAssets.optional() }),
    maxBodyByteCount: CHOSEN_BODY_BYTES,
    output: z.object({}),
  },

  'exports.list': {
    method: 'GET',
    path: '/api/exports',
    input: z.object({}),
    /** Newest first; those of before the service started are not known any more. */
    output: z.object({ exports: z.array(exportViewSchema) }),
  },
  /** Begins to copy originals into a folder on this computer, or makes a zip ready for one download. */
  'exports.begin': {
    method: 'POST',
    path: '/api/exports',
    input: z.object({
      ...chosenOrAll,
      files: z.enum(EXPORT_FILES).default('everything'),
      /** Absolute path; its last part is made where it is missing. Absent: a zip. */
      folder: z.string().min(1).max(4096).optional(),
    }),
    maxBodyByteCount: CHOSEN_BODY_BYTES,
    output: exportViewSchema,
  },
  /** Ends an export after the part it is at, or takes one that ended off the list. */
  'export.stop': {
    method: 'POST',
    path: '/api/exports/:exportId/stop',
    input: z.object({ exportId: z.uuid() }),
    output: z.object({}),
  },
} as const;
