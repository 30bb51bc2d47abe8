import { timelineText } from '../text/timeline-text.ts';
import { SelectMark } from './select-mark.tsx';
import type { DayRange, TimelineSelection } from './timeline-selection.ts';

/** The header of a month; it stays at the upper edge while the month is in view. */
export function MonthHeader(props: {
  readonly range: DayRange;
  readonly headingId: string;
  readonly height: number;
  readonly selection: TimelineSelection | undefined;
}) {
  const { range, headingId, height, selection } = props;
  const name = timelineText.month(range.month);
  return (
    <header className="month__head" style={{ height }}>
      {selection && (
        <SelectMark
          className="month__select"
          label={timelineText.selectMonth(name)}
          state={selection.stateOf(range)}
          onToggle={() => selection.onToggleDays(range)}
        />
      )}
      <h2 id={headingId}>{name}</h2>
      <span className="quiet small">{timelineText.count(range.count)}</span>
    </header>
  );
}
