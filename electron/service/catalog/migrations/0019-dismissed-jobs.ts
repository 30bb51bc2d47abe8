/** Jobs that a person does not want to be told of any more, unless they go wrong again later than this. */
export const dismissedJobs = {
  version: 19,
  sql: `
CREATE TABLE dismissed_jobs (
  job_id TEXT PRIMARY KEY,
  dismissed_at INTEGER NOT NULL    -- ms UTC
) STRICT, WITHOUT ROWID;
`,
} as const;
