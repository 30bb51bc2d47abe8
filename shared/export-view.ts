import { z } from 'zod';

import { ERRORS, type ErrorCode } from './error-catalogue.ts';

const count = z.number().int().nonnegative();

/** `everything`: also edited pictures and what belongs to an edit; `originals`: as the camera made them. */
export const EXPORT_FILES = ['everything', 'originals'] as const;

export type ExportFiles = (typeof EXPORT_FILES)[number];

/** An original that is not in an export as it came, or not at all. */
export const exportProblemSchema = z.object({
  fileName: z.string(),
  /**
   * `damaged`: it was not as received when it was read; into a zip it went all the same, since what was read was
   * already on its way. `missing`: no such file stands there, or one of another length.
   */
  reason: z.enum(['damaged', 'missing']),
});

export type ExportProblem = z.infer<typeof exportProblemSchema>;

/** Originals on their way out of the library. */
export const exportViewSchema = z.object({
  exportId: z.uuid(),
  kind: z.enum(['zip', 'folder']),
  /** Where the files go; absent for a zip, which the browser puts where it will. */
  folder: z.string().optional(),
  /** `waiting`: for its download to begin. */
  state: z.enum(['waiting', 'running', 'done', 'stopped', 'failed']),
  assetCount: count,
  fileCount: count,
  byteCount: count,
  doneFileCount: count,
  doneByteCount: count,
  /** Files that stood in the folder already, bit for bit. */
  skippedCount: count,
  problemCount: count,
  /** The first of them. */
  problems: z.array(exportProblemSchema).max(100),
  errorCode: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).optional(),
  errorDetail: z.string().optional(),
  startedAt: z.number().int(),
  finishedAt: z.number().int().optional(),
});

export type ExportView = z.infer<typeof exportViewSchema>;

/** Address of the zip of an export, for one download. */
export function exportZipPath(exportId: string): string {
  return `/media/exports/${exportId}/zip`;
}
