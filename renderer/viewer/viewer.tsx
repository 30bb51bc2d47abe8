import './viewer.css';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

import type { AssetDetails } from '../../shared/window-views.ts';
import { navigate, navigateBack } from '../app/navigation.ts';
import { useCoveringTitle } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';
import { ExportDialog } from '../export/export-dialog.tsx';
import { useAssetFilter } from '../search/use-asset-filter.ts';
import { tileLabel } from '../text/timeline-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PhotosIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { DetailsPanel } from './details-panel.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { flyFromTile, flyToTile } from './fly.ts';
import { NeighbourButtons } from './neighbour-buttons.tsx';
import { photoAddress } from './photo-address.ts';
import { Stage } from './stage.tsx';
import { useNeighbours } from './use-neighbours.ts';
import { usePreloaded } from './use-preloaded.ts';
import { useFavourite } from './use-favourite.ts';
import { useTrash } from './use-trash.ts';
import { useVersion } from './use-version.ts';
import { type StageHandle, useViewerKeys } from './use-viewer-keys.ts';
import type { SwipeDirection } from './use-zoom.ts';

/** A picture that takes longer to come than this has missed its flight: it would only startle. */
const FLIGHT_WITHIN_MS = 500;

function leave(): void {
  navigateBack(paths.timeline + location.search);
}

/** One asset over everything else. Its neighbours take its place in the history, so that closing goes back. */
export function Viewer({ assetId }: { readonly assetId: string }) {
  const client = useQueryClient();
  const filter = useAssetFilter();
  const details = useService('asset.get', { assetId }, { keepPrevious: true });
  // While it is asked for, the one before stays in sight, and with it what has the focus.
  const ownDetails = details.isPlaceholderData ? undefined : details.data;
  const [showsDetails, setShowsDetails] = useState(false);
  const stage = useRef<StageHandle>(null);
  const onPlaced = useFlightFrom(assetId);
  useWindowEvent((event) => {
    if (event.type === 'assets') {
      void client.invalidateQueries({ queryKey: queryKey('asset.get') });
    }
  });
  const neighbours = useNeighbours(assetId, ownDetails, filter);
  const { newerAssetId, olderAssetId } = neighbours;
  const version = useVersion(details.data);
  usePreloaded(neighbours);
  useAddressOf(assetId, ownDetails);

  const dialog = useRef<HTMLElement>(null);
  const shownId = details.data?.asset.assetId;
  // What led here, as a photo of a burst, may be gone with the photo it stood beside.
  useLayoutEffect(() => {
    if (shownId !== undefined && document.activeElement === document.body) dialog.current?.focus();
  }, [shownId]);

  useCoveringTitle(details.data?.asset.fileName ?? viewerText.label);
  const spoken = details.data && tileLabel(details.data.asset);
  useEffect(() => {
    if (spoken !== undefined) announce(spoken);
  }, [spoken]);

  function close(): void {
    flyToTile(assetId);
    leave();
  }
  function show(id: string | undefined): void {
    if (id !== undefined) navigate(photoAddress(id), { replace: true });
  }
  function swipe(direction: SwipeDirection): void {
    if (direction === 'down') close();
    else show(direction === 'left' ? olderAssetId : newerAssetId);
  }
  const throwAway = useTrash(() => {
    const next = olderAssetId ?? newerAssetId;
    if (next === undefined) leave();
    else show(next);
  });
  const favourite = useFavourite();
  const [exportedId, setExportedId] = useState<string>();

  function favouriteShown(): void {
    if (details.data?.asset.assetId === assetId) favourite(details.data.asset);
  }

  function exportShown(): void {
    if (details.data?.asset.assetId === assetId) setExportedId(assetId);
  }

  function throwAwayShown(): void {
    // What is shown, not what is still being asked for.
    if (details.data?.asset.assetId === assetId) throwAway(details.data.asset);
  }
  useViewerKeys(
    {
      newer: () => show(newerAssetId),
      older: () => show(olderAssetId),
      details: () => setShowsDetails((shown) => !shown),
      export: exportShown,
      favourite: favouriteShown,
      trash: throwAwayShown,
      nextVersion: version.chooseNext,
      edited: () => version.chooseKind('edited'),
      original: () => version.chooseKind('original'),
      raw: () => version.chooseKind('raw'),
    },
    () => stage.current ?? undefined,
  );

  const { viewed } = version;
  return (
    <ModalOverlay
      className="viewer dark-colours"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
    >
      <Modal className="viewer__modal">
        <Dialog ref={dialog} className="viewer__dialog" aria-label={spoken ?? viewerText.label}>
          <div className="viewer__main">
            {details.data !== undefined && viewed !== undefined && (
              <Stage
                details={viewed}
                standingReceiptId={details.data.shownReceiptId}
                version={version}
                handleRef={stage}
                showsDetails={showsDetails}
                onToggleDetails={() => setShowsDetails((shown) => !shown)}
                onExport={exportShown}
                onFavourite={favouriteShown}
                onThrowAway={throwAwayShown}
                onClose={close}
                onSwipe={swipe}
                onPlaced={onPlaced}
              >
                <NeighbourButtons neighbours={neighbours} onShow={show} />
              </Stage>
            )}
            <Filmstrip neighbours={neighbours} />
          </div>
          {details.data === undefined && details.error !== null && (
            <div className="viewer__problem">
              {details.error.code === 'request/not-found' ? (
                <EmptyState
                  icon={PhotosIcon}
                  title={viewerText.notFound}
                  actions={<Button onPress={leave}>{viewerText.close}</Button>}
                >
                  {viewerText.notFoundNext}
                </EmptyState>
              ) : (
                <QueryProblem error={details.error} onRetry={() => void details.refetch()} />
              )}
            </div>
          )}
          {showsDetails && viewed !== undefined && (
            <DetailsPanel details={viewed} onClose={() => setShowsDetails(false)} />
          )}
          {exportedId !== undefined && (
            <ExportDialog
              isOpen
              assetIds={[exportedId]}
              {...(details.data && { fileName: details.data.asset.fileName })}
              onClose={() => setExportedId(undefined)}
            />
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The first picture comes from its tile, if it comes soon; those after it take its place. */
function useFlightFrom(assetId: string): (picture: HTMLElement) => void {
  const [opened] = useState(() => ({ assetId, at: performance.now() }));
  const hasCome = useRef(false);
  return (picture) => {
    const isFirst = !hasCome.current && opened.assetId === assetId;
    hasCome.current = true;
    if (isFirst && performance.now() - opened.at < FLIGHT_WITHIN_MS) flyFromTile(assetId, picture);
  };
}

/** A photo that was joined to another one answers as that one: the address follows, unseen. */
function useAddressOf(assetId: string, details: AssetDetails | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (details === undefined || details.asset.assetId === assetId) return;
    client.setQueryData(queryKey('asset.get', { assetId: details.asset.assetId }), details);
    navigate(photoAddress(details.asset.assetId), { replace: true });
  }, [client, assetId, details]);
}
