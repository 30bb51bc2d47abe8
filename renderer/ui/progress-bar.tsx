import './progress-bar.css';

import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar';

/**
 * How far something has come. `fraction` is 0 to 1; without it the bar says only that something goes on.
 * The label is for screen readers; `valueLabel` replaces the percentage they would hear.
 */
export function ProgressBar(props: {
  readonly label: string;
  readonly fraction?: number | undefined;
  readonly valueLabel?: string;
}) {
  const { label, fraction, valueLabel } = props;
  return (
    <AriaProgressBar
      aria-label={label}
      className="progress"
      isIndeterminate={fraction === undefined}
      value={(fraction ?? 0) * 100}
      {...(valueLabel === undefined ? {} : { valueLabel })}
    >
      {({ percentage, isIndeterminate }) => (
        <span
          className={isIndeterminate ? 'progress__bar progress__bar--moving' : 'progress__bar'}
          style={isIndeterminate ? undefined : { width: `${percentage ?? 0}%` }}
        />
      )}
    </AriaProgressBar>
  );
}
