import { openCatalog } from '../../electron/service/catalog/open-catalog.ts';
import {
  timelineMonth,
  timelineMonths,
  yearCovers,
} from '../../electron/service/catalog/timeline-queries.ts';
import { eachInTurn } from './each-in-turn.ts';

export interface QueryTimes {
  readonly name: string;
  readonly timesMs: readonly number[];
  /** In processor time: without what other programs took of the processor in between. */
  readonly cpuMs: readonly number[];
}

/** How long the timeline's queries take at random places, asked as the window asks them. */
export function timeQueries(path: string, count: number): QueryTimes[] {
  const catalog = openCatalog(path);
  try {
    const months = timelineMonths(catalog);
    const pick = (at: number) =>
      eachInTurn(months, Math.floor(((at * 0.618034) % 1) * months.length));
    const timed = (name: string, times: number, ask: (at: number) => unknown): QueryTimes => {
      const result = { name, timesMs: [] as number[], cpuMs: [] as number[] };
      for (let at = 0; at < times; at++) {
        const [start, before] = [performance.now(), process.cpuUsage()];
        ask(at);
        result.timesMs.push(performance.now() - start);
        const { user, system } = process.cpuUsage(before);
        result.cpuMs.push((user + system) / 1000);
      }
      return result;
    };
    return [
      timed('counts of all days', Math.ceil(count / 10), () => timelineMonths(catalog)),
      timed('160 assets of some days', count, (at) => {
        const { month, days } = pick(at);
        const [day] = eachInTurn(days, at);
        return timelineMonth(catalog, { month, firstDay: 1, lastDay: day, limit: 160 });
      }),
      timed('160 assets in the middle of a month', count, (at) => {
        const { month, count: all } = pick(at);
        const offset = Math.floor((at % 10) * 0.1 * all);
        return timelineMonth(catalog, { month, offset, limit: 160 });
      }),
      timed('covers of a year', Math.ceil(count / 10), (at) =>
        yearCovers(catalog, pick(at).month.slice(0, 4)),
      ),
    ];
  } finally {
    catalog.close();
  }
}
