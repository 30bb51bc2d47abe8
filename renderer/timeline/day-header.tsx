import { timelineText } from '../text/timeline-text.ts';
import { SelectMark } from './select-mark.tsx';
import type { DayRange, TimelineSelection } from './timeline-selection.ts';

/** The header above the photos of a day; it stays below the month's while they are in view. */
export function DayHeader(props: {
  readonly range: DayRange;
  readonly headingId: string;
  readonly height: number;
  /** Where it stays: below the month's header. */
  readonly top: number;
  readonly selection: TimelineSelection | undefined;
}) {
  const { range, headingId, height, top, selection } = props;
  const name = timelineText.day(dateOf(range));
  return (
    <header className="day__head" style={{ height, top }}>
      {selection && (
        <SelectMark
          className="day__select"
          label={timelineText.selectDay(name)}
          state={selection.stateOf(range)}
          onToggle={() => selection.onToggleDays(range)}
        />
      )}
      <h3 id={headingId}>{name}</h3>
    </header>
  );
}

function dateOf({ month, firstDay }: DayRange): string {
  return `${month}-${String(firstDay).padStart(2, '0')}`;
}
