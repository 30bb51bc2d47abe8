import './badge.css';
import './notice.css';

import type { ReactNode } from 'react';

import type { Tone } from './badge.tsx';
import { type Icon, InfoIcon, WarningIcon } from './icons.tsx';

/** A sentence or two in the flow of a page that a person should not miss. */
export function Notice(props: {
  readonly tone?: Tone;
  readonly icon?: Icon;
  readonly title?: string;
  readonly children?: ReactNode;
  /** Buttons or links at the end. */
  readonly actions?: ReactNode;
}) {
  const { tone = 'neutral', title, children, actions } = props;
  const IconShape = props.icon ?? (tone === 'warn' || tone === 'bad' ? WarningIcon : InfoIcon);
  return (
    <div className={`notice tone--${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <IconShape size={20} />
      <div className="notice__body">
        <div className="notice__words">
          {title !== undefined && <p className="notice__title">{title}</p>}
          {children !== undefined && <div>{children}</div>}
        </div>
        {actions !== undefined && <div className="notice__actions">{actions}</div>}
      </div>
    </div>
  );
}
