import './viewer.css';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

import type { AssetDetails } from '../../shared/window-views.ts';
import { navigate, navigateBack } from '../app/navigation.ts';
import { useCoveringTitle } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService } from '../app/use-service.ts';
import { tileLabel } from '../text/timeline-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { BackIcon, ForwardIcon, PhotosIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { DetailsPanel } from './details-panel.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { flyFromTile, flyToTile } from './fly.ts';
import { Stage } from './stage.tsx';
import { useNeighbours } from './use-neighbours.ts';
import { usePreloaded } from './use-preloaded.ts';
import { useFavourite } from './use-favourite.ts';
import { useTrash } from './use-trash.ts';
import { useVersion } from './use-version.ts';
import { photoAddress, useViewerFilter } from './use-viewer-filter.ts';
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
  const filter = useViewerFilter();
  const details = useService('asset.get', { assetId });
  const [showsDetails, setShowsDetails] = useState(false);
  const stage = useRef<StageHandle>(null);
  const onPlaced = useFlightFrom(assetId);
  useWindowEvent((event) => {
    if (event.type === 'assets') {
      void client.invalidateQueries({ queryKey: queryKey('asset.get') });
    }
  });
  const neighbours = useNeighbours(assetId, details.data, filter);
  const { newerAssetId, olderAssetId } = neighbours;
  const version = useVersion(details.data);
  usePreloaded(neighbours);
  useAddressOf(assetId, details.data);

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

  function favouriteShown(): void {
    if (details.data?.asset.assetId === assetId) favourite(details.data.asset);
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
        <Dialog className="viewer__dialog" aria-label={spoken ?? viewerText.label}>
          <div className="viewer__main">
            {details.data !== undefined && viewed !== undefined && (
              <Stage
                key={stageKey(viewed)}
                details={viewed}
                standingReceiptId={details.data.shownReceiptId}
                version={version}
                handleRef={stage}
                showsDetails={showsDetails}
                onToggleDetails={() => setShowsDetails((shown) => !shown)}
                onFavourite={favouriteShown}
                onThrowAway={throwAwayShown}
                onClose={close}
                onSwipe={swipe}
                onPlaced={onPlaced}
              >
                <Neighbour side="newer" assetId={newerAssetId} onShow={show} />
                <Neighbour side="older" assetId={olderAssetId} onShow={show} />
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
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function stageKey({ asset, shownReceiptId }: AssetDetails): string {
  return `${asset.assetId}/${asset.version}/${asset.tile}/${shownReceiptId}`;
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

function Neighbour(props: {
  readonly side: 'newer' | 'older';
  readonly assetId: string | undefined;
  readonly onShow: (assetId: string | undefined) => void;
}) {
  const { side, assetId, onShow } = props;
  return (
    <div className={`viewer__neighbour viewer__neighbour--${side}`}>
      <IconButton
        label={viewerText[side]}
        icon={side === 'newer' ? BackIcon : ForwardIcon}
        size={26}
        isDisabled={assetId === undefined}
        onPress={() => onShow(assetId)}
      />
    </div>
  );
}
