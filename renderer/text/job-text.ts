import { ERRORS } from '../../shared/error-catalogue.ts';
import { isLive, type JobState } from '../../shared/job-state.ts';
import { isKnownResourceType, type KnownResourceType } from '../../shared/resource-type.ts';
import type { JobView, UploadView } from '../../shared/window-views.ts';
import { formatByteCount, formatCount, formatPlural } from './format.ts';

const STATES: Readonly<Record<JobState, string>> = {
  receiving: 'Receiving',
  proving: 'Checking',
  stored: 'Safe',
  duplicate: 'Already here',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

const STATE_MEANINGS: Readonly<Record<JobState, string>> = {
  receiving: 'Bytes are arriving.',
  proving: 'All bytes are here. Roost compares them with what the device announced.',
  stored: 'The original is in the library, bit for bit.',
  duplicate: 'The same bytes were in the library already. No second copy was made.',
  interrupted: 'The connection ended in the middle. Nothing was kept of it.',
  failed: 'Nothing was kept of it.',
};

const RESOURCE_TYPE_WORDS: Readonly<Record<KnownResourceType, string>> = {
  photo: 'Photo',
  video: 'Video',
  audio: 'Audio',
  'alternate-photo': 'RAW photo',
  'full-size-photo': 'Edited photo',
  'full-size-video': 'Edited video',
  'adjustment-data': 'Edit instructions',
  'adjustment-base-photo': 'Photo before the last edit',
  'paired-video': 'Live Photo movie',
  'full-size-paired-video': 'Edited Live Photo movie',
  'adjustment-base-paired-video': 'Live Photo movie before the last edit',
  'adjustment-base-video': 'Video before the last edit',
  'photo-proxy': 'Smaller copy of the photo',
};

const RESULTS: Readonly<Record<NonNullable<UploadView['result']>, string>> = {
  stored: 'Stored',
  duplicate: 'Already here',
  repeated: 'Sent again, already safe',
  interrupted: 'Interrupted',
  failed: 'Failed',
};

const PAUSED = 'Waiting for the device';

/** Words of the jobs pages. */
export const jobText = {
  title: 'Jobs',
  state: (state: JobState) => STATES[state],
  /** A job whose bytes are kept waits for its device; another that was interrupted begins anew. */
  stateOf: ({ state, errorCode }: Pick<JobView, 'state' | 'errorCode'>) =>
    state === 'interrupted' && errorCode === 'upload/paused' ? PAUSED : STATES[state],
  stateMeaning: (state: JobState) => STATE_MEANINGS[state],
  result: ({ result, errorCode }: Pick<UploadView, 'result' | 'errorCode'>) => {
    if (result === undefined) return 'Running';
    return result === 'interrupted' && errorCode === 'upload/paused' ? PAUSED : RESULTS[result];
  },
  filters: {
    states: 'Show by state',
    all: 'All',
    device: 'Device',
    allDevices: 'All devices',
    unknownDevice: 'Unknown device',
    clear: 'Show all jobs',
  },
  live: {
    title: 'Arriving now',
    summary: (count: number, rate: string | undefined) =>
      [formatPlural(count, 'resource', 'resources'), rate].filter(Boolean).join(', '),
    more: (count: number) => `and ${formatCount(count)} more`,
    progress: (fileName: string) => `Receiving ${fileName}`,
    waiting: 'Waiting for the device',
    checking: 'All bytes are here, comparing',
  },
  history: 'History',
  uploads: (count: number) => formatPlural(count, 'upload', 'uploads'),
  newer: (count: number) => formatPlural(count, 'newer job', 'newer jobs'),
  loadingMore: 'Loading older jobs',
  end: 'No older jobs',
  empty: {
    title: 'No jobs yet',
    next: 'Each photo a device sends becomes a job here, with how it went.',
    link: 'Get the first photo here',
  },
  noMatch: {
    title: 'No job fits this filter',
    live: 'Nothing is arriving at the moment.',
    next: 'Other jobs are still in the history.',
  },
  details: {
    back: 'All jobs',
    facts: 'About this job',
    state: 'State',
    device: 'Device',
    resourceType: 'Kind',
    size: 'Size',
    started: 'Started',
    changed: 'Last change',
    finished: 'Finished',
    assetKey: 'Asset key',
    assetKeyCopy: 'Copy asset key',
    receipt: 'Receipt',
    receiptCopy: 'Copy receipt',
    openPhoto: 'Show in the timeline',
    uploads: 'Uploads',
    uploadsHint: 'Each HTTP transfer of this resource, the newest first.',
    upload: (number: number) => `Upload ${formatCount(number)}`,
    resumed: (count: number) => `resumed ${formatPlural(count, 'time', 'times')}`,
    running: 'running',
    took: (span: string) => `took ${span}`,
    told: 'What the device said',
    toldHint: 'Taken from the upload’s headers. Roost keeps it and does not rely on it.',
    fileName: 'File name',
    contentType: 'Content type',
    created: 'Created',
    modified: 'Modified',
    favorite: 'Favourite',
    yes: 'Yes',
    no: 'No',
    place: 'Place',
    cloudId: 'Cloud id',
    burstId: 'Burst id',
    gone: 'This job is not in the history',
    goneNext:
      'The catalog may have been rebuilt since. Photos that are backed up are in the timeline.',
  },
} as const;

/** What a resource is, in plain words; a type this window does not know stays as the device wrote it. */
export function resourceTypeWords(resourceType: string): string {
  if (isKnownResourceType(resourceType)) return RESOURCE_TYPE_WORDS[resourceType];
  return `Other (${resourceType})`;
}

/** "1.2 MB of 2.6 MB" while it arrives, else the size; nothing where no byte came and none was announced. */
export function jobSizeWords(job: JobView): string | undefined {
  const { receivedByteCount, expectedByteCount, state } = job;
  const isWhole = state === 'stored' || state === 'duplicate';
  if (isWhole) return formatByteCount(expectedByteCount ?? receivedByteCount);
  if (expectedByteCount === undefined) {
    return receivedByteCount === 0 ? undefined : formatByteCount(receivedByteCount);
  }
  if (!isLive(state) && receivedByteCount === 0) return formatByteCount(expectedByteCount);
  return `${formatByteCount(receivedByteCount)} of ${formatByteCount(expectedByteCount)}`;
}

export interface JobReason {
  /** What happened. */
  readonly what: string;
  /** What is safe and what to do. */
  readonly nextStep: string;
}

/** What a job is called: its file's name, or the device's key for it where the device told no name. */
export function jobName(job: Pick<JobView, 'fileName' | 'assetKey'>): string {
  return job.fileName.trim() === '' ? job.assetKey : job.fileName;
}

/** Why a job is not safe and what comes next; nothing for jobs that are safe or running. */
export function jobReason(
  job: Pick<JobView, 'state' | 'errorCode' | 'errorDetail'>,
): JobReason | undefined {
  if (job.state !== 'failed' && job.state !== 'interrupted') return undefined;
  if (job.errorCode !== undefined) {
    const { title, nextStep } = ERRORS[job.errorCode];
    return { what: job.errorDetail ?? title, nextStep };
  }
  return {
    what: job.errorDetail ?? STATE_MEANINGS[job.state],
    nextStep: 'Send it again from the device. What is backed up stays safe.',
  };
}

/** "about 20 s left"; coarse on purpose, since a number that jumps helps nobody. */
export function formatRemaining(remainingMs: number): string {
  const seconds = remainingMs / 1000;
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 55) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `about ${minutes} min left`;
  return `about ${formatCount(Math.ceil(minutes / 60))} h left`;
}
