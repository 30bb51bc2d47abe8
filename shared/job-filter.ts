import { z } from 'zod';

import { isErrorCode, type ErrorCode } from './error-catalogue.ts';
import { JOB_STATES, type JobState } from './job-state.ts';

/** Which jobs of the history are meant; each field narrows further. */
export const jobFilterFields = {
  state: z.enum(JOB_STATES as [JobState, ...JobState[]]).optional(),
  deviceId: z.uuid().optional(),
  /** The day on which a job changed last, `YYYY-MM-DD` in `timeZone`. */
  day: z
    .string()
    .regex(/^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
    .optional(),
  /** An IANA name, for what a day is. */
  timeZone: z.string().max(64).refine(isTimeZone, 'is no time zone').default('UTC'),
  /** Part of a file's or device's name. */
  text: z.string().trim().max(200).optional(),
  /** Reasons that the words of `text` mean as well, in the language of who asks: error codes with commas between. */
  reasons: z
    .string()
    .max(2_000)
    .optional()
    .transform((codes): readonly ErrorCode[] => (codes?.split(',') ?? []).filter(isErrorCode)),
};

export const jobFilterSchema = z.object(jobFilterFields);

export type JobHistoryFilter = z.output<typeof jobFilterSchema>;

/** Where the filtered history is had as a file: with `.csv` or `.json`, and the fields of the filter as query. */
export const JOB_EXPORT_PATH = '/media/jobs/history';

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
