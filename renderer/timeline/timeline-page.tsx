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
import { useNewAssets } from './use-new-assets.ts';
import { useTimelineMonths } from './use-timeline-months.ts';

const NO_MONTHS: readonly string[] = [];

const EVERYTHING: AssetFilter = {};

/** Backed-up assets by month, newest first; `openAssetId` is shown in the viewer above it. */
export function TimelinePage(props: {
  readonly openAssetId?: string;
  /** What is shown; everything where it is left out. */
  readonly filter?: AssetFilter;
}) {
  const { openAssetId, filter = EVERYTHING } = props;
  const [wanted, setWanted] = useState(NO_MONTHS);
  const arrivals = useNewAssets();
  const { months, error, failedMonths, retry } = useTimelineMonths(wanted, filter);
  const closedTarget = useClosedTarget(openAssetId);

  return (
    <>
      {error !== null && (
        <Page title={timelineText.title}>
          <QueryProblem error={error} onRetry={retry} />
        </Page>
      )}
      {months?.length === 0 && (
        <Page title={timelineText.title}>
          <EmptyState
            icon={PhotosIcon}
            title={timelineText.empty.title}
            actions={
              <Link href={paths.welcome} className={buttonClass('primary')}>
                {timelineText.empty.link}
              </Link>
            }
          >
            {timelineText.empty.next}
          </EmptyState>
        </Page>
      )}
      {months !== undefined && months.length > 0 && (
        <TimelineGrid
          months={months}
          failedMonths={failedMonths}
          onRetry={retry}
          onWant={setWanted}
          arrivals={arrivals}
          isCovered={openAssetId !== undefined}
          returnTo={closedTarget}
        />
      )}
      {openAssetId !== undefined && <Viewer assetId={openAssetId} />}
    </>
  );
}

/** The asset the viewer showed last, once it is closed: that is where the person wants to be in the grid. */
function useClosedTarget(openAssetId: string | undefined): GridTarget | undefined {
  const client = useQueryClient();
  const [lastOpenId, setLastOpenId] = useState(openAssetId);
  const [target, setTarget] = useState<GridTarget>();
  if (openAssetId !== lastOpenId) {
    setLastOpenId(openAssetId);
    setTarget(openAssetId === undefined ? targetOf(client, lastOpenId) : undefined);
  }
  return target;
}

function targetOf(client: QueryClient, assetId: string | undefined): GridTarget | undefined {
  if (assetId === undefined) return undefined;
  const details = client.getQueryData<AssetDetails>(queryKey('asset.get', { assetId }));
  return details && { month: details.asset.capturedLocal.slice(0, 7), assetId };
}
