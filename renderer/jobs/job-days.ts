import { formatLocalDate } from '../text/format.ts';
import { jobText } from '../text/job-text.ts';

/** The time zone of the window. */
export const pageTimeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The day of an instant in the window's time zone, `YYYY-MM-DD`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** "Today", "Yesterday", or the date. */
export function dayWords(day: string, now: number): string {
  if (day === dayOf(now)) return jobText.today;
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  return day === dayOf(yesterday.getTime())
    ? jobText.yesterday
    : formatLocalDate(`${day}T00:00:00`);
}

/** An instant as a time of the day, for `formatLocalTime`. */
export function localClock(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${dayOf(at)}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
