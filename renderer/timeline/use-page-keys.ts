import { useEffect, useEffectEvent } from 'react';

/** What has the focus where nothing is chosen by it: after a click on empty space, or on coming to the page. */
const NOTHING_FOCUSED = 'html, body, main, .timeline, h1[tabindex="-1"]';

/**
 * Keys of the grid count for the page as a whole: `onKey` gets those that are pressed while nothing else has the focus
 * and nothing lies above the page.
 */
export function usePageKeys(onKey: (event: KeyboardEvent) => void, isCovered: boolean): void {
  const handle = useEffectEvent((event: KeyboardEvent): void => {
    if (isCovered || event.defaultPrevented) return;
    if (!(event.target instanceof Element) || !event.target.matches(NOTHING_FOCUSED)) return;
    if (document.querySelector('[role="dialog"], [role="alertdialog"]') === null) onKey(event);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => handle(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
