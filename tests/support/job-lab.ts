import { join } from 'node:path';

import { recordEntry } from '../../electron/service/catalog/record-entry.ts';
import { openCatalog, type Catalog } from '../../electron/service/catalog/open-catalog.ts';
import { JobTracker } from '../../electron/service/jobs/job-tracker.ts';
import type { JobSubject, JobUpload } from '../../electron/service/jobs/job-upload.ts';
import type { JobView } from '../../shared/window-views.ts';

import { PHONE, receipt } from './core-lab.ts';
import { ManualClock } from './manual-clock.ts';
import { tempFolder } from './temp-folder.ts';

/** What jobs in tests are about, unless they say otherwise. */
export const subject: JobSubject = {
  deviceId: PHONE,
  assetKey: 'asset-1',
  resourceType: 'photo',
  fileName: 'IMG_1.HEIC',
  expectedByteCount: 5,
};

/** The jobs of a catalog of their own. */
export interface JobLab extends AsyncDisposable {
  readonly catalog: Catalog;
  readonly clock: ManualClock;
  /** What the window was told. */
  readonly told: JobView[];
  readonly jobs: JobTracker;
}

export async function openJobLab(): Promise<JobLab> {
  const temp = await tempFolder();
  const catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  const clock = new ManualClock(1000);
  const told: JobView[] = [];
  const jobs = new JobTracker(catalog, clock, (job) => told.push(job));
  return {
    ...{ catalog, clock, told, jobs },
    async [Symbol.asyncDispose]() {
      catalog.close();
      await temp[Symbol.asyncDispose]();
    },
  };
}

/** Ends an upload as ingest does: the receipt is in the catalog before the job hears of it. */
export function storeIn(
  { catalog, clock }: Pick<JobLab, 'catalog' | 'clock'>,
  upload: JobUpload,
  change: Partial<JobSubject> = {},
): ReturnType<typeof receipt> {
  const stored = receipt({
    ...subject,
    ...change,
    jobId: upload.jobId,
    startedAt: upload.startedAt,
    storedAt: clock.now(),
  });
  recordEntry(catalog, { entry: 'receipt', ...stored });
  upload.safe('stored', stored, stored.assetId);
  return stored;
}
