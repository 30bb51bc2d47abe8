import './viewer.css';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

import { previewPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
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
import { Stage } from './stage.tsx';
import { useTrash } from './use-trash.ts';

function close(): void {
  navigateBack(paths.timeline);
}

/** One asset over everything else. Its neighbours take its place in the history, so that closing goes back. */
export function Viewer({ assetId }: { readonly assetId: string }) {
  const client = useQueryClient();
  const details = useService('asset.get', { assetId });
  const [showsDetails, setShowsDetails] = useState(false);
  useWindowEvent((event) => {
    if (event.type === 'assets') {
      void client.invalidateQueries({ queryKey: queryKey('asset.get') });
    }
  });
  const { newerAssetId, olderAssetId } = details.data ?? {};
  usePreloadedNeighbours(olderAssetId, newerAssetId);
  useAddressOf(assetId, details.data);

  useCoveringTitle(details.data?.asset.fileName ?? viewerText.label);
  const spoken = details.data && tileLabel(details.data.asset);
  useEffect(() => {
    if (spoken !== undefined) announce(spoken);
  }, [spoken]);

  function show(id: string | undefined): void {
    if (id !== undefined) navigate(paths.photo(id), { replace: true });
  }
  const neighbourId = olderAssetId ?? newerAssetId;
  const { throwAway } = useTrash(() => {
    if (neighbourId === undefined) close();
    else show(neighbourId);
  });
  function throwAwayShown(): void {
    // What is shown, not what is still being asked for.
    if (details.data?.asset.assetId === assetId) throwAway(details.data.asset);
  }
  useKeys({
    ArrowLeft: () => show(newerAssetId),
    ArrowRight: () => show(olderAssetId),
    i: () => setShowsDetails((shown) => !shown),
    Delete: throwAwayShown,
  });

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
          {details.data !== undefined && (
            <Stage
              key={stageKey(details.data)}
              details={details.data}
              showsDetails={showsDetails}
              onToggleDetails={() => setShowsDetails((shown) => !shown)}
              onThrowAway={throwAwayShown}
              onClose={close}
              onSwipe={(direction) => show(direction === 'left' ? olderAssetId : newerAssetId)}
            >
              <Neighbour side="newer" assetId={newerAssetId} onShow={show} />
              <Neighbour side="older" assetId={olderAssetId} onShow={show} />
            </Stage>
          )}
          {details.data === undefined && details.error !== null && (
            <div className="viewer__problem">
              {details.error.code === 'request/not-found' ? (
                <EmptyState
                  icon={PhotosIcon}
                  title={viewerText.notFound}
                  actions={<Button onPress={close}>{viewerText.close}</Button>}
                >
                  {viewerText.notFoundNext}
                </EmptyState>
              ) : (
                <QueryProblem error={details.error} onRetry={() => void details.refetch()} />
              )}
            </div>
          )}
          {showsDetails && details.data !== undefined && (
            <DetailsPanel details={details.data} onClose={() => setShowsDetails(false)} />
          )}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function stageKey({ asset }: AssetDetails): string {
  return `${asset.assetId}/${asset.version}/${asset.tile}`;
}

/** A photo that was joined to another one answers as that one: the address follows, unseen. */
function useAddressOf(assetId: string, details: AssetDetails | undefined): void {
  const client = useQueryClient();
  useEffect(() => {
    if (details === undefined || details.asset.assetId === assetId) return;
    client.setQueryData(queryKey('asset.get', { assetId: details.asset.assetId }), details);
    navigate(paths.photo(details.asset.assetId), { replace: true });
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

/** Keys of the viewer; those that a focused video or text field uses itself stay with it. */
function useKeys(handlers: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isTaken = event.target instanceof HTMLElement && event.target.matches('video, input');
      if (isTaken || event.ctrlKey || event.metaKey || event.altKey) return;
      const handler = handlers[event.key];
      if (handler === undefined) return;
      event.preventDefault();
      handler();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  });
}

/** Loads what comes next before it is asked for, the older one first: that is the way people leaf. */
function usePreloadedNeighbours(...assetIds: readonly (string | undefined)[]): void {
  const client = useQueryClient();
  const wanted = assetIds.filter((id) => id !== undefined).join();
  useEffect(() => {
    if (wanted === '') return;
    for (const assetId of wanted.split(',')) {
      const key = queryKey('asset.get', { assetId });
      const asked = client.query<AssetDetails>({
        queryKey: key,
        queryFn: ({ signal }) => callService('asset.get', { assetId }, signal),
      });
      void asked.then(
        ({ asset }) => {
          if (asset.tile !== 'ready') return;
          new Image().src = previewPath(assetId, 'screen', asset.version);
        },
        // Only a head start: opening that asset asks again and then says what is wrong.
        () => undefined,
      );
    }
  }, [wanted, client]);
}
