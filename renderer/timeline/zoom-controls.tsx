import { timelineText } from '../text/timeline-text.ts';
import { IconButton } from '../ui/button.tsx';
import { JustifiedIcon, MinusIcon, PlusIcon, SquaresIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { type TimelineView, zoomed } from './timeline-view.ts';

/** Closer, further, and squares or whole pictures. */
export function ZoomControls(props: {
  readonly view: TimelineView;
  readonly onChoose: (next: TimelineView) => void;
}) {
  const { view, onChoose } = props;
  const { zoom } = timelineText;
  const step = (by: 1 | -1) => ({
    isDisabled: zoomed(view, by) === view,
    onPress: () => {
      const next = zoomed(view, by);
      onChoose(next);
      announce(zoom.level[next.level]);
    },
  });
  const isSquare = view.shape === 'square';
  const hasShapes = view.level === 'days' || view.level === 'large';
  return (
    <div className="timeline__zoom" role="group" aria-label={zoom.label}>
      {hasShapes && (
        <IconButton
          label={isSquare ? zoom.justified : zoom.square}
          icon={isSquare ? JustifiedIcon : SquaresIcon}
          onPress={() => onChoose({ ...view, shape: isSquare ? 'justified' : 'square' })}
        />
      )}
      <IconButton label={zoom.further} icon={MinusIcon} {...step(-1)} />
      <IconButton label={zoom.closer} icon={PlusIcon} {...step(1)} />
    </div>
  );
}
