import type { FocusEventHandler } from 'react';

import type { JobState } from '../../shared/job-state.ts';
import type { JobGroup } from '../../shared/window-views.ts';
import { formatByteCount, formatLocalTime } from '../text/format.ts';
import { jobText } from '../text/job-text.ts';
import { ChevronDownIcon, RetryIcon } from '../ui/icons.tsx';
import { useNow } from '../ui/relative-time.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { dayWords, localClock } from './job-days.ts';

/** What makes a control of a row the one stop of Tab, or not. */
export interface RowStop {
  readonly 'data-row': string;
  readonly tabIndex: number;
  readonly onFocus: FocusEventHandler<HTMLElement>;
}

export function DayRow({ day }: { readonly day: string }) {
  const now = useNow();
  return <h2 className="job-day">{dayWords(day, now)}</h2>;
}

/** In the order in which a line tells them: what is safe first, what needs a look beside it. */
const TOLD: readonly JobState[] = ['stored', 'duplicate', 'failed', 'interrupted'];

/** A day of a device in one line; where there are many jobs it opens to show them. */
export function GroupRow(props: {
  readonly group: JobGroup;
  readonly isOpen: boolean | undefined;
  readonly stop: RowStop;
  readonly onToggle: () => void;
}) {
  const { group, isOpen, stop, onToggle } = props;
  if (isOpen === undefined) {
    return (
      <div className="job-group">
        <GroupLine group={group} />
      </div>
    );
  }
  return (
    <button
      {...stop}
      type="button"
      className="job-group job-group--opens"
      aria-expanded={isOpen}
      onClick={onToggle}
      onKeyDown={(event) => {
        const isForward = getComputedStyle(event.currentTarget).direction !== 'rtl';
        const opens = isForward ? 'ArrowRight' : 'ArrowLeft';
        const closes = isForward ? 'ArrowLeft' : 'ArrowRight';
        if ((event.key === opens && !isOpen) || (event.key === closes && isOpen)) {
          event.preventDefault();
          onToggle();
        }
      }}
    >
      <GroupLine group={group} />
      <ChevronDownIcon size={18} className="job-group__arrow" />
    </button>
  );
}

function GroupLine({ group }: { readonly group: JobGroup }) {
  const { counts, firstAt, lastAt, storedByteCount } = group;
  const time = (at: number) => formatLocalTime(localClock(at));
  return (
    <span className="job-group__line">
      <span className="job-group__device">{group.deviceName}</span>
      <span className="job-group__counts">
        {TOLD.flatMap((state) => {
          const count = counts[state] ?? 0;
          return count === 0
            ? []
            : [
                <span key={state} className={`job-group__count job-group__count--${state}`}>
                  {jobText.stateCount(state, count)}
                </span>,
              ];
        })}
      </span>
      <span className="job-group__facts">
        <span>{jobText.span(time(firstAt), time(lastAt))}</span>
        {storedByteCount > 0 && <span>{formatByteCount(storedByteCount)}</span>}
      </span>
    </span>
  );
}

/** Leads to what is not safe and not listed. */
export function TroublesRow(props: {
  readonly count: number;
  readonly stop: RowStop;
  readonly onOpen: () => void;
}) {
  return (
    <button {...props.stop} type="button" className="job-more" onClick={props.onOpen}>
      {jobText.moreTroubles(props.count)}
    </button>
  );
}

export function LoadingRow(props: {
  readonly hasFailed: boolean;
  readonly stop: RowStop;
  readonly onRetry: () => void;
}) {
  return props.hasFailed ? (
    <button {...props.stop} type="button" className="job-more" onClick={props.onRetry}>
      <RetryIcon size={16} /> {jobText.tryAgain}
    </button>
  ) : (
    <p className="job-more quiet">
      <Spinner size={16} /> {jobText.loading}
    </p>
  );
}
