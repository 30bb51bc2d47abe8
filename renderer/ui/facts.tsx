import './facts.css';

import type { ReactNode } from 'react';

/** A list of labels and values. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="facts">{children}</dl>;
}

/** One line of a `Facts` list; `action` is a small control after the value, such as a copy button, `note` a sentence below it. */
export function Fact(props: {
  readonly label: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly mono?: boolean;
  readonly note?: string | undefined;
}) {
  return (
    <div className="fact">
      <dt className="fact__label">{props.label}</dt>
      <dd className="fact__value">
        <span className={props.mono === true ? 'fact__words mono' : 'fact__words'}>
          {props.children}
        </span>
        {props.action}
        {props.note !== undefined && <span className="fact__note small">{props.note}</span>}
      </dd>
    </div>
  );
}
