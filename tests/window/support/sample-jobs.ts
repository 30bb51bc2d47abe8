import type { JobDetails, JobView, UploadView } from '../../../shared/window-views.ts';
import { fakeId } from './fake-library.ts';

/** The newest of the sample jobs changed at this instant; each further one a minute earlier. */
const NEWEST_AT = Date.UTC(2026, 10, 21, 12);

/** A job as the service would tell it: safe, of the first device, unless `change` says otherwise. */
export function sampleJob(number: number, change: Partial<JobView> = {}): JobDetails {
  const changedAt = NEWEST_AT - number * 60_000;
  const state = change.state ?? 'stored';
  const isSafe = state === 'stored' || state === 'duplicate';
  const isLive = state === 'receiving' || state === 'proving';
  const job: JobView = {
    jobId: fakeId('job', number),
    deviceId: fakeId('device', 0),
    deviceName: 'My iPhone',
    assetKey: `${fakeId('key', number).toUpperCase()}/L0/001`,
    resourceType: 'photo',
    fileName: `IMG_${String(4711 + number)}.HEIC`,
    state,
    receivedByteCount: isSafe ? 2_600_220 : 0,
    expectedByteCount: 2_600_220,
    startedAt: changedAt - 1_200,
    changedAt,
    uploadCount: 1,
    ...(!isLive && { finishedAt: changedAt }),
    ...(isSafe && { receiptId: fakeId('receipt', number), assetId: fakeId('asset', number) }),
    ...change,
  };
  return {
    job,
    uploads: [uploadOf(job)],
    pauses: [],
    related: [],
    told: { fileName: job.fileName },
  };
}

/** The last upload of a job. */
function uploadOf(job: JobView): UploadView {
  const { state, errorCode, finishedAt } = job;
  const result = state === 'receiving' || state === 'proving' ? undefined : state;
  return {
    startedAt: job.startedAt,
    receivedByteCount: job.receivedByteCount,
    requestCount: 1,
    stretches: [],
    ...(finishedAt !== undefined && { finishedAt }),
    ...(result !== undefined && { result }),
    ...(errorCode !== undefined && { errorCode }),
  };
}
