/** Previews get better, fail by one decoder and not by the next, and may be clips. */
export const previews = {
  version: 7,
  sql: `
-- quick: a tile made of the picture a camera put into the file, to be made anew of the picture itself when idle.
ALTER TABLE previews ADD COLUMN quality TEXT NOT NULL DEFAULT 'full';
-- Which decoder it failed with (decoder-version.ts); another one may know better.
ALTER TABLE previews ADD COLUMN failed_with TEXT;
ALTER TABLE previews ADD COLUMN failed_at INTEGER;

CREATE INDEX previews_quick ON previews (queued_at) WHERE state = 'ready' AND quality = 'quick';
CREATE INDEX previews_failed ON previews (failed_at, sha256, kind) WHERE state = 'failed';
`,
} as const;
