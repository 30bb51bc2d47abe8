import './empty-state.css';

import type { ReactNode } from 'react';

import type { Icon } from './icons.tsx';

/** What stands where a list would be: why it is empty, and the way on. */
export function EmptyState(props: {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const { icon: IconShape, title, children, actions } = props;
  return (
    <div className="empty-state">
      <IconShape size={36} />
      <h2>{title}</h2>
      {children !== undefined && <div className="quiet">{children}</div>}
      {actions !== undefined && <div className="empty-state__actions">{actions}</div>}
    </div>
  );
}
