import { openCatalog } from '../../electron/service/catalog/open-catalog.ts';
import {
  timelineMonth,
  timelineMonths,
  yearCovers,
} from '../../electron/service/catalog/timeline-queries.ts';

export interface QueryTimes {
  readonly name: string;
  readonly timesMs: readonly number[];
}

/** How long the timeline's queries take at random places, asked as the window asks them. */
export function timeQueries(path: string, count: number): QueryTimes[] {
  const catalog = openCatalog(path);
  try {
    const months = timelineMonths(catalog);
    const pick = (at: number) => months[Math.floor(((at * 0.618034) % 1) * months.length)]!;
    const timed = (name: string, times: number, ask: (at: number) => unknown): QueryTimes => ({
      name,
      timesMs: Array.from({ length: times }, (_, at) => {
        const start = performance.now();
        ask(at);
        return performance.now() - start;
      }),
    });
    return [
      timed('counts of all days', Math.ceil(count / 10), () => timelineMonths(catalog)),
      timed('240 assets of some days', count, (at) => {
        const { month, days } = pick(at);
        const day = days[at % days.length]![0];
        return timelineMonth(catalog, { month, firstDay: 1, lastDay: day, limit: 240 });
      }),
      timed('480 assets in the middle of a month', count, (at) => {
        const { month, count: all } = pick(at);
        const offset = Math.floor((at % 10) * 0.1 * all);
        return timelineMonth(catalog, { month, offset, limit: 480 });
      }),
      timed('covers of a year', Math.ceil(count / 10), (at) =>
        yearCovers(catalog, pick(at).month.slice(0, 4)),
      ),
    ];
  } finally {
    catalog.close();
  }
}
