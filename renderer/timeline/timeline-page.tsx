import './timeline.css';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { queryKey } from '../app/use-service.ts';
import { timelineText } from '../text/timeline-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PhotosIcon } from '../ui/icons.tsx';
import { Viewer } from '../viewer/viewer.tsx';
import type { GridTarget } from './grid-step.ts';
import { TimelineGrid } from './timeline-grid.tsx';
import type { TimelineSelection } from './timeline-selection.ts';
import type { NewAssets } from './use-new-assets.ts';
import { NOTHING_UNSEEN } from './unseen-assets.ts';
import type { TimelineMonths } from './use-timeline-months.ts';
import { useTimelineView } from './use-timeline-view.ts';
import { YearsOverview } from './years-overview.tsx';
import { ZoomControls } from './zoom-controls.tsx';

/** Of what arrives only the service knows whether it passes. */
const NONE_NEW: NewAssets = { unseen: NOTHING_UNSEEN, see: () => undefined };

/** Backed-up assets by month, newest first; `openAssetId` is shown in the viewer above it. */
export function TimelinePage(props: {
  readonly openAssetId?: string;
  /** What is shown. */
  readonly filter: AssetFilter;
  readonly months: TimelineMonths;
  readonly arrivals: NewAssets;
  /** How photos are chosen; without it they only open. */
  readonly selection?: TimelineSelection;
}) {
  const { openAssetId, filter, arrivals, selection } = props;
  const { months, error, retry } = props.months;
  const [view, choose] = useTimelineView();
  const [returnTo, setReturnTo] = useReturnTarget(openAssetId);
  const name = JSON.stringify(filter);
  const isCovered = openAssetId !== undefined;
  const shared = { filter, isCovered, view, onChoose: choose } as const;

  return (
    <>
      {error !== null && (
        <Page title={timelineText.title}>
          <QueryProblem error={error} onRetry={retry} />
        </Page>
      )}
      {months?.length === 0 && <NothingHere isFiltered={isRestricting(filter)} />}
      {months !== undefined && months.length > 0 && (
        <>
          {view.level === 'years' ? (
            <YearsOverview
              {...shared}
              months={months}
              name={name}
              onOpen={(month) => {
                setReturnTo({ month });
                choose({ ...view, level: 'days' });
              }}
            />
          ) : (
            <TimelineGrid
              key={name}
              {...shared}
              name={name}
              months={months}
              arrivals={isRestricting(filter) ? NONE_NEW : arrivals}
              returnTo={returnTo}
              onReturn={() => setReturnTo(undefined)}
              selection={selection}
            />
          )}
          {!isCovered && <ZoomControls view={view} onChoose={choose} />}
        </>
      )}
      {openAssetId !== undefined && <Viewer assetId={openAssetId} />}
    </>
  );
}

function isRestricting(filter: AssetFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}

function NothingHere({ isFiltered }: { readonly isFiltered: boolean }) {
  const text = isFiltered ? timelineText.nothingPasses : timelineText.empty;
  return (
    <Page title={timelineText.title}>
      <EmptyState
        icon={PhotosIcon}
        title={text.title}
        actions={
          !isFiltered && (
            <Link href={paths.welcome} className={buttonClass('primary')}>
              {timelineText.empty.link}
            </Link>
          )
        }
      >
        {text.next}
      </EmptyState>
    </Page>
  );
}

/** Where the person wants to be in the grid: at what the viewer showed last, once it is closed, or at what is set. */
function useReturnTarget(
  openAssetId: string | undefined,
): readonly [GridTarget | undefined, (target: GridTarget | undefined) => void] {
  const client = useQueryClient();
  const [lastOpenId, setLastOpenId] = useState(openAssetId);
  const [target, setTarget] = useState<GridTarget>();
  if (openAssetId !== lastOpenId) {
    setLastOpenId(openAssetId);
    setTarget(openAssetId === undefined ? targetOf(client, lastOpenId) : undefined);
  }
  return [target, setTarget];
}

function targetOf(client: QueryClient, assetId: string | undefined): GridTarget | undefined {
  if (assetId === undefined) return undefined;
  const details = client.getQueryData<AssetDetails>(queryKey('asset.get', { assetId }));
  return details && { day: details.asset.capturedLocal.slice(0, 10), assetId };
}
