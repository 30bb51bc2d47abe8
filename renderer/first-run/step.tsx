import { type ReactNode, useId } from 'react';

import { welcomeText } from '../text/welcome-text.ts';
import { CheckIcon } from '../ui/icons.tsx';

/** One step on the way to the first photo: its number, or a check once it is done. */
export function Step(props: {
  readonly number: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
}) {
  const { number, title, isDone, children } = props;
  const titleId = useId();
  return (
    <li className={isDone ? 'step step--done' : 'step'} aria-labelledby={titleId}>
      <span className="step__mark" aria-hidden="true">
        {isDone ? <CheckIcon size={18} /> : number}
      </span>
      <div className="step__body">
        <h2 id={titleId}>
          {title}
          {isDone && <span className="visually-hidden"> ({welcomeText.stepDone})</span>}
        </h2>
        {children}
      </div>
    </li>
  );
}
