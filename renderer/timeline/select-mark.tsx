import type { KeyboardEvent, MouseEvent } from 'react';

import { classNames } from '../ui/class-names.ts';
import { CheckIcon, MinusIcon } from '../ui/icons.tsx';

/** A round mark that chooses something. It is no tab stop of its own in the grid. */
export function SelectMark(props: {
  readonly label: string;
  readonly state: 'none' | 'some' | 'all';
  readonly isTabStop?: boolean;
  readonly className: string;
  readonly onToggle: (event: MouseEvent | KeyboardEvent) => void;
}) {
  const { label, state, isTabStop = false, className, onToggle } = props;
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={state === 'some' ? 'mixed' : state === 'all'}
      aria-label={label}
      tabIndex={isTabStop ? 0 : -1}
      className={classNames('select-mark', className)}
      onClick={onToggle}
    >
      {state === 'some' ? <MinusIcon size={14} /> : <CheckIcon size={14} />}
    </button>
  );
}
