import { useEffect, useRef, useState } from 'react';

import type { JobGroup } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { groupKey, type OpenGroup } from './history-rows.ts';
import { filterQuery, type JobFilter } from './job-filter.ts';

const PAGE_JOB_COUNT = 100;

type Open = ReadonlyMap<string, OpenGroup>;

const NONE: Open = new Map();

/** What was open in the list that was left last, so that going back finds it as it was. */
let left: { readonly address: string; readonly open: Open } | undefined;

export interface OpenGroups {
  readonly open: Open;
  readonly toggle: (group: JobGroup) => void;
  /** Loads further jobs of an opened group, or tries again. */
  readonly loadMore: (key: string) => void;
  /** Loads the first jobs of each opened group anew. */
  readonly reload: () => void;
}

/** The groups whose jobs are listed, each page by page. `address` names the list. */
export function useOpenGroups(filter: JobFilter, address: string): OpenGroups {
  const [open, setOpen] = useState<Open>(() => (left?.address === address ? left.open : NONE));
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
    left = { address, open };
  }, [open, address]);

  const put = (key: string, change: (before: OpenGroup | undefined) => OpenGroup | undefined) =>
    setOpen((before) => {
      const group = change(before.get(key));
      const next = new Map(before);
      if (group === undefined) next.delete(key);
      else next.set(key, group);
      return next;
    });

  const load = (key: string, before: string | undefined) => {
    const [day = '', deviceId = ''] = key.split(' ');
    const query = { ...filterQuery({ ...filter, day, deviceId }), limit: PAGE_JOB_COUNT, before };
    callService('jobs.list', query).then(
      ({ jobs, nextCursor }) =>
        put(
          key,
          (known) =>
            // It may have been closed meanwhile.
            known && {
              jobs: [...(before === undefined ? [] : known.jobs), ...jobs],
              nextCursor,
              isLoading: false,
              hasFailed: false,
            },
        ),
      () => put(key, (known) => known && { ...known, isLoading: false, hasFailed: true }),
    );
  };

  return {
    open,
    toggle: (group) => {
      const key = groupKey(group);
      if (open.has(key)) {
        put(key, () => undefined);
        return;
      }
      put(key, () => ({ jobs: [], isLoading: true, hasFailed: false }));
      load(key, undefined);
    },
    reload: () => {
      for (const key of latest.current.keys()) load(key, undefined);
    },
    loadMore: (key) => {
      const group = latest.current.get(key);
      if (group === undefined || group.isLoading) return;
      put(key, (known) => known && { ...known, isLoading: true, hasFailed: false });
      load(key, group.nextCursor);
    },
  };
}
