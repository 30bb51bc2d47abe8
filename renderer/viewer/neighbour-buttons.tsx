import { useRef } from 'react';

import { viewerText } from '../text/viewer-text.ts';
import { IconButton } from '../ui/button.tsx';
import { BackIcon, ForwardIcon } from '../ui/icons.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import type { Neighbours } from './use-neighbours.ts';

/** To the photo before and the one after, over the edges of the stage. */
export function NeighbourButtons(props: {
  readonly neighbours: Pick<Neighbours, 'newerAssetId' | 'olderAssetId'>;
  readonly onShow: (assetId: string | undefined) => void;
}) {
  const { neighbours, onShow } = props;
  const group = useRef<HTMLDivElement>(null);
  useKeptFocus(group);
  return (
    <div ref={group}>
      <Neighbour side="newer" assetId={neighbours.newerAssetId} onShow={onShow} />
      <Neighbour side="older" assetId={neighbours.olderAssetId} onShow={onShow} />
    </div>
  );
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
