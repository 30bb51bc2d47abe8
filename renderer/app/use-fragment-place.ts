import { type RefObject, useEffect, useRef } from 'react';

import { navigationCount, useFragment } from './navigation.ts';

/** Brings a part of a page into view, and the focus onto it, when the address names it, as `#checking` does. */
export function useFragmentPlace(fragment: `#${string}`): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const isNamed = useFragment() === fragment;
  const navigation = navigationCount();
  useEffect(() => {
    if (!isNamed) return;
    place.current?.scrollIntoView({ block: 'start' });
    place.current?.focus({ preventScroll: true });
  }, [isNamed, navigation]);
  return place;
}
