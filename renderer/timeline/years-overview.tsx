import './years-overview.css';

import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import { previewPath } from '../../shared/window-api.ts';
import type { MonthSummary, TimelineAsset } from '../../shared/window-views.ts';
import { usePageTitle } from '../app/page.tsx';
import { useService } from '../app/use-service.ts';
import { timelineText } from '../text/timeline-text.ts';
import { cardByKey } from './card-by-key.ts';
import { thumbhashImage } from './thumbhash-image.ts';
import type { TimelineView } from './timeline-view.ts';
import { monthLeftAt } from './use-anchored-scroll.ts';
import { useZoomGestures } from './use-timeline-view.ts';

/** All years at a glance, each month by its newest picture. */
export function YearsOverview(props: {
  readonly months: readonly MonthSummary[];
  readonly filter: AssetFilter;
  /** By which the grid remembers where it was left. */
  readonly name: string;
  readonly isCovered: boolean;
  readonly view: TimelineView;
  readonly onChoose: (next: TimelineView) => void;
  readonly onOpen: (month: string) => void;
}) {
  const { months, filter, name, isCovered, view, onChoose, onOpen } = props;
  const heading = usePageTitle(timelineText.title);
  const scroller = useRef<HTMLDivElement>(null);
  useZoomGestures(scroller, view, onChoose, isCovered);
  const years = useMemo(() => yearsOf(months), [months]);
  const [chosenStop, setTabStop] = useState(months[0]?.month);
  const isStopThere = months.some(({ month }) => month === chosenStop);
  const tabStop = isStopThere ? chosenStop : months[0]?.month;

  // The grid notes where it was left as it goes, just before this.
  useLayoutEffect(() => {
    const startMonth = monthLeftAt(name);
    const card = scroller.current?.querySelector(`[data-month="${startMonth ?? ''}"]`);
    if (card === null || card === undefined) return;
    card.scrollIntoView({ block: 'center' });
    setTabStop(startMonth);
    // The tile that had it is gone.
    if (document.activeElement === document.body && card instanceof HTMLElement) {
      card.focus({ preventScroll: true });
    }
  }, [name]);

  function onKeyDown(event: KeyboardEvent): void {
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    const cards = [...(scroller.current?.querySelectorAll<HTMLElement>('.year__card') ?? [])];
    const at = cards.indexOf(document.activeElement as HTMLElement);
    const next = hasModifier || at < 0 ? undefined : cards[cardByKey(cards, at, event.key)];
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  }
  return (
    <div className="timeline years" ref={scroller} inert={isCovered} onKeyDown={onKeyDown}>
      <h1 ref={heading} tabIndex={-1} className="visually-hidden">
        {timelineText.title}
      </h1>
      {years.map(({ year, months: ofYear }) => (
        <Year
          key={year}
          {...{ year, filter, tabStop, onOpen }}
          months={ofYear}
          onStop={setTabStop}
        />
      ))}
    </div>
  );
}

function Year(props: {
  readonly year: string;
  readonly months: readonly MonthSummary[];
  readonly filter: AssetFilter;
  readonly tabStop: string | undefined;
  readonly onStop: (month: string) => void;
  readonly onOpen: (month: string) => void;
}) {
  const { year, months, filter, tabStop, onStop, onOpen } = props;
  const [section, isNear] = useNear();
  const covers = useService('timeline.covers', { ...filter, year }, { enabled: isNear });
  const count = months.reduce((sum, month) => sum + month.count, 0);
  const { refetch } = covers;
  const askedAt = useRef(count);
  useEffect(() => {
    if (!isNear || askedAt.current === count) return;
    askedAt.current = count;
    void refetch();
  }, [isNear, count, refetch]);
  return (
    <section className="year" ref={section} aria-label={timelineText.yearLabel(year, count)}>
      <header className="year__head">
        <h2>{year}</h2>
        <span className="quiet small">{timelineText.count(count)}</span>
      </header>
      <div className="year__months">
        {months.map((month) => (
          <button
            key={month.month}
            type="button"
            className="year__card"
            data-month={month.month}
            tabIndex={month.month === tabStop ? 0 : -1}
            aria-label={timelineText.monthCard(month.month, month.count)}
            onFocus={() => onStop(month.month)}
            onClick={() => onOpen(month.month)}
          >
            <Cover
              asset={covers.data?.assets.find((asset) =>
                asset.capturedLocal.startsWith(month.month),
              )}
            />
            <span className="year__name">
              {timelineText.monthName(month.month)}
              <span className="year__count">{timelineText.count(month.count)}</span>
            </span>
          </button>
        ))}
      </div>
    </section>
  );
}

function Cover({ asset }: { readonly asset: TimelineAsset | undefined }) {
  const placeholder = asset?.thumbhash === undefined ? undefined : thumbhashImage(asset.thumbhash);
  return (
    <span
      className="year__cover"
      {...(placeholder && { style: { backgroundImage: `url("${placeholder}")` } })}
    >
      {asset !== undefined && (
        <img
          src={previewPath(asset.assetId, 'tile', asset.version)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
        />
      )}
    </span>
  );
}

/** Whether an element has come near the view; then it stays so. */
function useNear() {
  const element = useRef<HTMLElement>(null);
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      { rootMargin: '600px' },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, isNear] as const;
}

function yearsOf(months: readonly MonthSummary[]) {
  const years: { year: string; months: MonthSummary[] }[] = [];
  for (const month of months) {
    const year = month.month.slice(0, 4);
    const last = years.at(-1);
    if (last?.year === year) last.months.push(month);
    else years.push({ year, months: [month] });
  }
  return years;
}
