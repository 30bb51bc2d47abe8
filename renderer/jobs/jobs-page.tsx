import './jobs.css';

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
import { type JobFilter, jobsAddress, matchesJobFilter, readJobFilter } from './job-filter.ts';
import { DeviceFilter, StateFilter } from './job-filters.tsx';
import { JobList } from './job-list.tsx';
import { LiveJobs } from './live-jobs.tsx';
import { useJobChanges } from './use-job-changes.ts';
import { useJobCounts } from './use-job-counts.ts';
import { useJobHistory } from './use-job-history.ts';
import { useLiveJobs } from './use-live-jobs.ts';

/** What arrives now, and how everything before went. */
export function JobsPage() {
  const filter = readJobFilter(useSearch());
  const [isAtTop, setIsAtTop] = useState(true);
  const changes = useJobChanges();
  const live = useLiveJobs(filter.deviceId, changes);
  const history = useJobHistory(filter, changes, isAtTop);
  const counts = useJobCounts(filter.deviceId, live);

  const isFirstUse = counts?.all === 0 && filter.deviceId === undefined;
  const shownLive = live.filter((job) => matchesJobFilter(filter, job));
  const isLiveFilter = filter.state !== undefined && isLive(filter.state);
  const isEmpty = isLiveFilter ? shownLive.length === 0 : history.jobs?.length === 0;

  if (isFirstUse && live.length === 0) {
    return (
      <Page wide title={jobText.title}>
        <NoJobs />
      </Page>
    );
  }
  return (
    <Page wide title={jobText.title} actions={<DeviceFilter filter={filter} />}>
      <StateFilter filter={filter} counts={counts} />
      <LiveJobs jobs={shownLive} />
      {history.error !== null && (
        <QueryProblem error={history.error} onRetry={() => history.retry()} />
      )}
      {isEmpty && shownLive.length === 0 && !history.hasMore && <NoMatch filter={filter} />}
      {!isLiveFilter &&
        history.jobs !== undefined &&
        (history.jobs.length > 0 || history.hasMore) && (
          <section className="job-history" aria-label={jobText.history}>
            <JobList
              key={jobsAddress(filter)}
              jobs={history.jobs}
              changed={changes.changed}
              hasMore={history.hasMore}
              isLoadingMore={history.isLoadingMore}
              onWantMore={history.loadMore}
              onAtTop={setIsAtTop}
            />
          </section>
        )}
    </Page>
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
