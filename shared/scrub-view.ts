import { z } from 'zod';

/** What the scrub, the re-reading of originals, tells the window. Counts are of receipts, straight from their rows. */

/** What it does right now. */
export const scrubActivitySchema = z.discriminatedUnion('kind', [
  /** Switched off by the setting, and nobody asked for a run. */
  z.object({ kind: z.literal('off') }),
  z.object({
    kind: z.literal('reading'),
    /** Below the library folder. */
    path: z.string(),
    byteCount: z.number().int(),
    readByteCount: z.number().int(),
  }),
  /** Between two stretches of reading. */
  z.object({ kind: z.literal('resting'), untilAt: z.number().int() }),
  /** Photos are arriving; it goes on once there are none for some seconds. */
  z.object({ kind: z.literal('uploads') }),
  /** The library cannot be reached: nothing true can be said of its files. */
  z.object({ kind: z.literal('library') }),
  /** Nothing is due; `nextAt` says when something will be, absent where there is no original. */
  z.object({ kind: z.literal('done'), nextAt: z.number().int().optional() }),
]);

export const scrubStatusSchema = z.object({
  activity: scrubActivitySchema,
  /** The setting: within so many days every original is re-read; 0 is never by itself. */
  everyDays: z.number().int(),
  /** Since when a run that a person asked for goes on. */
  askedAt: z.number().int().optional(),
  /** The round: what was read since then counts as done; 0 where nothing is ever due by itself. */
  sinceAt: z.number().int(),
  originalCount: z.number().int(),
  originalByteCount: z.number().int(),
  /** Read in this round. */
  readCount: z.number().int(),
  readByteCount: z.number().int(),
  /** Never read since they were received. */
  unreadCount: z.number().int(),
  /** When the original that was read longest ago was read; absent while there are unread ones. */
  oldestReadAt: z.number().int().optional(),
  damagedCount: z.number().int(),
  missingCount: z.number().int(),
  /** Damaged or missing, with a good copy in the library. */
  replacedCount: z.number().int(),
  /** Goes up with each change of what is damaged or missing, or is being looked at again. */
  findingsRevision: z.number().int(),
});

/** An original that is damaged or missing. */
export const findingViewSchema = z.object({
  receiptId: z.uuid(),
  assetId: z.uuid(),
  fileName: z.string(),
  /** Path on this computer where the file has to stand. */
  absolutePath: z.string(),
  deviceId: z.uuid(),
  deviceName: z.string(),
  resourceType: z.string(),
  byteCount: z.number().int(),
  sha256: z.string(),
  kind: z.enum(['changed', 'wrong-length', 'missing', 'unreadable']),
  /** Length that was found, where it is another one. */
  foundByteCount: z.number().int().optional(),
  /** The platform's code, where the file cannot be read. */
  readError: z.string().optional(),
  foundAt: z.number().int(),
  readAt: z.number().int(),
  /** It is being read again, or is about to. */
  isChecking: z.boolean(),
  /** Path on this computer of a good copy. */
  replacedByPath: z.string().optional(),
});

export type ScrubActivity = z.infer<typeof scrubActivitySchema>;
export type ScrubStatus = z.infer<typeof scrubStatusSchema>;
export type FindingView = z.infer<typeof findingViewSchema>;
