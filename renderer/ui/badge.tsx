import './badge.css';

import type { ReactNode } from 'react';

import type { Icon } from './icons.tsx';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'busy';

/** A short state in a small coloured field; the words carry the meaning, not the colour. */
export function Badge(props: {
  readonly tone?: Tone;
  readonly icon?: Icon;
  readonly children: ReactNode;
}) {
  const { tone = 'neutral', icon: IconShape, children } = props;
  return (
    <span className={`badge tone--${tone}`}>
      {IconShape && <IconShape size={14} />}
      {children}
    </span>
  );
}
