import './empty-state.css';

import type { ReactNode, RefObject } from 'react';

import type { Icon } from './icons.tsx';

/** What stands where a list would be: why it is empty, and the way on. */
export function EmptyState(props: {
  readonly icon: Icon;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Where nothing else is on the page, its title is that of the page: the page's own heading. */
  readonly pageHeading?: RefObject<HTMLHeadingElement | null>;
}) {
  const { icon: IconShape, title, children, actions, pageHeading } = props;
  return (
    <div className="empty-state">
      <IconShape size={36} />
      {pageHeading === undefined ? (
        <h2>{title}</h2>
      ) : (
        <h1 ref={pageHeading} tabIndex={-1}>
          {title}
        </h1>
      )}
      {children !== undefined && <div className="quiet">{children}</div>}
      {actions !== undefined && <div className="empty-state__actions">{actions}</div>}
    </div>
  );
}
