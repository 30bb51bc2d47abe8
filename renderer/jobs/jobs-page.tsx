import './job-row.css';
import './job-list.css';
import './job-tools.css';
import './live-jobs.css';

import { useState } from 'react';

import { isLive } from '../../shared/job-state.ts';
import { Link } from '../app/link.tsx';
import { useSearch } from '../app/navigation.ts';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { jobText } from '../text/job-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { JobsIcon } from '../ui/icons.tsx';
import { flatRows, groupRows } from './history-rows.ts';
import {
  isListedOneByOne,
  type JobFilter,
  jobsAddress,
  matchesJobFilter,
  readJobFilter,
} from './job-filter.ts';
import { DeviceFilter, StateFilter } from './job-filters.tsx';
import { JobHistory } from './job-history.tsx';
import { JobSearch } from './job-search.tsx';
import { DayFilter, JobExport } from './job-tools.tsx';
import { LiveJobs } from './live-jobs.tsx';
import { useJobAnnouncements } from './use-job-announcements.ts';
import { useJobChanges } from './use-job-changes.ts';
import { useJobCounts } from './use-job-counts.ts';
import { useJobGroups } from './use-job-groups.ts';
import { useJobHistory } from './use-job-history.ts';
import { useLingeringJobs } from './use-lingering-jobs.ts';
import { useLiveJobs } from './use-live-jobs.ts';
import { useOpenGroups } from './use-open-groups.ts';

/** What arrives now, and how everything before went. */
export function JobsPage() {
  const filter = readJobFilter(useSearch());
  const [isAtTop, setIsAtTop] = useState(true);
  const changes = useJobChanges();
  const live = useLiveJobs(filter.deviceId, changes);
  const counts = useJobCounts(filter.deviceId, live);
  useJobAnnouncements();

  const isFirstUse = counts?.all === 0 && filter.deviceId === undefined;
  const isLiveFilter = filter.state !== undefined && isLive(filter.state);
  const shown = useLingeringJobs(live);
  const shownLive = isLiveFilter
    ? live.filter((job) => matchesJobFilter(filter, job))
    : shown.filter((job) => matchesJobFilter({ ...filter, state: undefined, day: undefined }, job));

  if (isFirstUse && live.length === 0) {
    return (
      <Page wide title={jobText.title}>
        <NoJobs />
      </Page>
    );
  }
  return (
    <Page wide title={jobText.title} actions={<JobExport filter={filter} />}>
      <div className="job-tools">
        <JobSearch filter={filter} />
        <DayFilter filter={filter} />
        <DeviceFilter filter={filter} />
      </div>
      <StateFilter filter={filter} counts={counts} />
      {(filter.state === undefined || isLiveFilter) && <LiveJobs jobs={shownLive} />}
      {isLiveFilter ? (
        shownLive.length === 0 && <NoMatch filter={filter} />
      ) : (
        <History
          key={jobsAddress(filter)}
          filter={filter}
          changes={changes}
          hasLive={shownLive.length > 0}
          isAtTop={isAtTop}
          onAtTop={setIsAtTop}
        />
      )}
    </Page>
  );
}

/** What ended: by day and device, or one by one where single jobs are looked for. */
function History(props: {
  readonly filter: JobFilter;
  readonly changes: ReturnType<typeof useJobChanges>;
  readonly hasLive: boolean;
  readonly isAtTop: boolean;
  readonly onAtTop: (isAtTop: boolean) => void;
}) {
  const { filter, changes, hasLive, isAtTop, onAtTop } = props;
  const isFlat = isListedOneByOne(filter);
  const open = useOpenGroups(filter, jobsAddress(filter));
  const listed = useJobHistory(filter, changes, isAtTop, open.reload);
  const grouped = useJobGroups(filter, !isFlat);
  const source = isFlat ? listed : grouped;
  const rows = isFlat
    ? listed.jobs && flatRows(listed.jobs)
    : grouped.groups && groupRows(grouped.groups, open.open, changes.changed, filter);

  if (source.error !== null && rows === undefined) {
    return <QueryProblem error={source.error} onRetry={source.retry} />;
  }
  return (
    <>
      {source.error !== null && <QueryProblem error={source.error} onRetry={source.retry} />}
      {rows?.length === 0 && !source.hasMore && !hasLive && <NoMatch filter={filter} />}
      {rows !== undefined && (rows.length > 0 || source.hasMore) && (
        <section className="job-history" aria-label={jobText.history}>
          <JobHistory
            rows={rows}
            filter={filter}
            groups={open}
            changed={changes.changed}
            hasMore={source.hasMore}
            isLoadingMore={source.isLoadingMore}
            onWantMore={source.loadMore}
            onAtTop={onAtTop}
          />
        </section>
      )}
    </>
  );
}

function NoJobs() {
  return (
    <EmptyState
      icon={JobsIcon}
      title={jobText.empty.title}
      actions={
        <Link href={paths.welcome} className={buttonClass('primary')}>
          {jobText.empty.link}
        </Link>
      }
    >
      {jobText.empty.next}
    </EmptyState>
  );
}

function NoMatch({ filter }: { readonly filter: JobFilter }) {
  const isLiveFilter = filter.state !== undefined && isLive(filter.state);
  return (
    <EmptyState
      icon={JobsIcon}
      title={isLiveFilter ? jobText.noMatch.live : jobText.noMatch.title}
      actions={
        <Link href={paths.jobs} className={buttonClass()}>
          {jobText.filters.clear}
        </Link>
      }
    >
      {jobText.noMatch.next}
    </EmptyState>
  );
}
