import { JOB_EXPORT_PATH } from '../../shared/job-filter.ts';
import { isLive, JOB_STATES, type JobState } from '../../shared/job-state.ts';
import type { JobView } from '../../shared/window-views.ts';
import { paths } from '../app/routes.ts';
import { reasonsWith } from '../text/job-reason-text.ts';
import { dayOf, pageTimeZone } from './job-days.ts';

/** Which jobs are shown; it stands in the query of the address. */
export interface JobFilter {
  readonly state?: JobState | undefined;
  readonly deviceId?: string | undefined;
  /** `YYYY-MM-DD` where the window is. */
  readonly day?: string | undefined;
  readonly text?: string | undefined;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^[1-9]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const LONGEST_TEXT = 200;

/** Whether a text is a day that jobs can be of, as a date field gives it. */
export function isJobDay(text: string): boolean {
  return DAY.test(text);
}

/** Reads the query; what makes no sense counts as not filtered. */
export function readJobFilter(search: URLSearchParams): JobFilter {
  const state = JOB_STATES.find((each) => each === search.get('state'));
  const deviceId = search.get('device')?.toLowerCase();
  const day = search.get('day') ?? '';
  const text = (search.get('q') ?? '').trim().slice(0, LONGEST_TEXT);
  return {
    ...(state !== undefined && { state }),
    ...(deviceId !== undefined && UUID.test(deviceId) && { deviceId }),
    ...(isJobDay(day) && { day }),
    ...(text !== '' && { text }),
  };
}

/** Address of the jobs page with a filter. */
export function jobsAddress({ state, deviceId, day, text }: JobFilter): string {
  const query = new URLSearchParams();
  if (state !== undefined) query.set('state', state);
  if (deviceId !== undefined) query.set('device', deviceId);
  if (day !== undefined) query.set('day', day);
  if (text !== undefined && text !== '') query.set('q', text);
  return query.size === 0 ? paths.jobs : `${paths.jobs}?${query.toString()}`;
}

/** The filter as the service takes it: days are those of this place, and a search means the words shown here too. */
export function filterQuery({ state, deviceId, day, text }: JobFilter): {
  readonly state?: JobState;
  readonly deviceId?: string;
  readonly day?: string;
  readonly timeZone: string;
  readonly text?: string;
  readonly reasons?: string;
} {
  const reasons = text === undefined ? [] : reasonsWith(text);
  return {
    ...(state !== undefined && { state }),
    ...(deviceId !== undefined && { deviceId }),
    ...(day !== undefined && { day }),
    timeZone: pageTimeZone,
    ...(text !== undefined && { text }),
    ...(reasons.length > 0 && { reasons: reasons.join(',') }),
  };
}

/** Where the filtered history is had as a file. */
export function jobExportPath(format: 'csv' | 'json', filter: JobFilter): string {
  return `${JOB_EXPORT_PATH}.${format}?${new URLSearchParams({ ...filterQuery(filter) }).toString()}`;
}

export function matchesJobFilter(filter: JobFilter, job: JobView): boolean {
  return (
    (filter.state === undefined || filter.state === job.state) &&
    (filter.deviceId === undefined || filter.deviceId === job.deviceId) &&
    (filter.day === undefined || isLive(job.state) || filter.day === dayOf(job.changedAt)) &&
    (filter.text === undefined || holdsText(filter.text, job))
  );
}

function holdsText(text: string, { fileName, deviceName, errorCode }: JobView): boolean {
  const wanted = text.toLowerCase();
  return (
    fileName.toLowerCase().includes(wanted) ||
    deviceName.toLowerCase().includes(wanted) ||
    (errorCode !== undefined && reasonsWith(text).includes(errorCode))
  );
}

/** Where single jobs are looked for they are listed one by one; else days and devices are told in a line each. */
export function isListedOneByOne({ state, text }: JobFilter): boolean {
  return text !== undefined || state === 'failed' || state === 'interrupted';
}
