import { z } from 'zod';

/**
 * What load-generator.ts is told. Every body ends in its upload's own `stamp`, so that no two are alike, and is
 * made of bytes that were there before the clock started.
 */
export const loadPlanSchema = z.object({
  port: z.number().int(),
  connectionCount: z.number().int(),
  uploads: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      headers: z.record(z.string(), z.string()),
      byteCount: z.number().int(),
      stamp: z.string(),
    }),
  ),
  /** The file whose bytes every body begins with; noise where there is none. */
  bodyFile: z.string().optional(),
  /** Breaks every upload off in its middle and resumes it, as draft-ietf-httpbis-resumable-upload says. */
  isInterrupted: z.boolean(),
});

export const loadResultSchema = z.object({
  /** From the first byte sent to the last answer. */
  wallMs: z.number(),
  /** Of each upload, from its request to the end of its answer. */
  answerMs: z.array(z.number()),
  /** Bodies of all uploads together. */
  byteCount: z.number(),
  /** Processor time of the load generator itself: much of it would mean that it, too, was measured. */
  clientCpuMs: z.number(),
  /** Why an interrupted upload could not go on where it was; then nothing else counts. */
  notResumable: z.string().optional(),
});

export type LoadPlan = z.infer<typeof loadPlanSchema>;
export type PlannedUpload = LoadPlan['uploads'][number];
export type LoadResult = z.infer<typeof loadResultSchema>;
