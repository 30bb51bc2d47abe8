import './panel.css';

import { type ReactNode, useId } from 'react';

/** A titled group on a page. */
export function Panel(props: {
  readonly title?: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  const { title, description, actions, children } = props;
  const titleId = useId();
  return (
    <section className="panel" {...(title === undefined ? {} : { 'aria-labelledby': titleId })}>
      {title !== undefined && (
        <div className="panel__head">
          <div>
            <h2 id={titleId}>{title}</h2>
            {description !== undefined && <p className="quiet small">{description}</p>}
          </div>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}
