import { z } from 'zod';

const count = z.number().int().nonnegative();

/** Many moves that a person asked for at once. */
export const filingBatchSchema = z.object({
  batchId: z.uuid(),
  /** `undo` takes back a batch of moves; `restore` one into the trash. `together` is no batch of a person's. */
  kind: z.enum(['together', 'refile', 'trash', 'restore', 'undo']),
  /** The batch that it takes back, as far as that is known. */
  ofBatchId: z.uuid().optional(),
  /** One that is running goes on after a restart, and when the library is there again. */
  state: z.enum(['running', 'done', 'stopped']),
  /** Photos to look at in all, or files where it takes back another batch; 0 where that is not known any more. */
  count,
  doneCount: count,
  /** Files that were moved. */
  fileCount: count,
  /** Files that could not be moved, as one that is damaged or missing. */
  failedCount: count,
  startedAt: z.number().int(),
  finishedAt: z.number().int().optional(),
  /** Whether a file still stands where it was put. */
  canUndo: z.boolean(),
});

export type FilingBatch = z.infer<typeof filingBatchSchema>;

/**
 * Why a file is not where it would be placed today: the folders were set otherwise when it came, its photo's time is
 * known better now, or the files of its photo do not lie together under one name.
 */
export const REFILE_REASONS = ['template', 'time', 'scattered'] as const;

export type RefileReason = (typeof REFILE_REASONS)[number];

/** What filing anew would do; nothing is moved by asking. */
export const refilePlanSchema = z.object({
  /** Photos of which at least one file would move. */
  assetCount: count,
  fileCount: count,
  /** How many of the photos for which reason. */
  reasons: z.record(z.enum(REFILE_REASONS), count),
  /** A few of the files, with paths below the library. A taken name gets a number yet. */
  examples: z.array(z.object({ from: z.string(), to: z.string(), reason: z.enum(REFILE_REASONS) })),
});

export type RefilePlan = z.infer<typeof refilePlanSchema>;

export const filingViewSchema = z.object({
  template: z.string(),
  /** Where a photo would go by it. */
  example: z.string(),
  /** Absent while a batch runs, and while there is nothing true to be said. */
  plan: refilePlanSchema.optional(),
  /** Newest first. */
  batches: z.array(filingBatchSchema),
});

export type FilingView = z.infer<typeof filingViewSchema>;
