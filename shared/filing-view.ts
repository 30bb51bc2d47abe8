import { z } from 'zod';

/** One file that lies elsewhere than the folder template says: paths below the library folder. */
export const misplacedFileSchema = z.object({ from: z.string(), to: z.string() });

/** Moving files to where the template says, or back; `waiting` goes on by itself when the library can be used. */
export const filingRunSchema = z.object({
  kind: z.enum(['refile', 'undo']),
  state: z.enum(['moving', 'waiting', 'stopping']),
  doneCount: z.number().int(),
  totalCount: z.number().int(),
});

/** Moves that were asked for at once, and can be taken back together. */
export const filingBatchSchema = z.object({
  batchId: z.uuid(),
  movedCount: z.number().int(),
  /** Files that stayed where they were, because they could not be moved. */
  failedCount: z.number().int(),
  finishedAt: z.number().int(),
  /** A person stopped it, so not all that lay elsewhere was moved. */
  isStopped: z.boolean(),
  isUndone: z.boolean(),
});

/** How the library's folders stand to the template. */
export const filingStatusSchema = z.object({
  /** Files that lie elsewhere than the template says. */
  misplacedCount: z.number().int(),
  /** A few of them. */
  examples: z.array(misplacedFileSchema),
  run: filingRunSchema.optional(),
  /** The last few, newest first. */
  batches: z.array(filingBatchSchema),
});

/** What a person threw away at once; in the trash until it is emptied. */
export const trashBatchSchema = z.object({
  batchId: z.uuid(),
  trashedAt: z.number().int(),
  /** When it is deleted for good. */
  emptiedAt: z.number().int().optional(),
  assetCount: z.number().int(),
  byteCount: z.number().int(),
  /** Of some of the files, to tell one batch from another. */
  fileNames: z.array(z.string()),
});

export type FilingRun = z.infer<typeof filingRunSchema>;
export type FilingBatch = z.infer<typeof filingBatchSchema>;
export type FilingStatus = z.infer<typeof filingStatusSchema>;
export type TrashBatch = z.infer<typeof trashBatchSchema>;
