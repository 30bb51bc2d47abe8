import './page.css';

import { type ReactNode, type RefObject, useEffect, useRef } from 'react';

import { appText } from '../text/app-text.ts';
import { navigationCount } from './navigation.ts';

/** The navigation whose page has had the focus; the first page leaves it to the browser. */
let focusedFor = 0;

let pageTitle = '';
let coveringTitle: string | undefined;

function showTitle(): void {
  document.title = appText.title(coveringTitle ?? pageTitle);
}

/** The window's title while something covers the page, whatever the page below says meanwhile. */
export function useCoveringTitle(title: string): void {
  useEffect(() => {
    coveringTitle = title;
    showTitle();
    return () => {
      coveringTitle = undefined;
      showTitle();
    };
  }, [title]);
}

/** Puts the page's name into the window title and, after a navigation, the focus onto its heading. */
export function usePageTitle(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    pageTitle = title;
    showTitle();
  }, [title]);
  useEffect(() => {
    // A page may come again without a navigation, such as after a failure: the focus then stays.
    if (focusedFor === navigationCount()) return;
    focusedFor = navigationCount();
    // An address that names a part of the page is about that part, which takes the focus itself.
    if (location.hash !== '') return;
    // Who searches goes on in the search field, whatever comes below it.
    if (document.activeElement?.closest('search')) return;
    heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}

/** A page with a heading, in a column that scrolls by itself. */
export function Page(props: {
  readonly title: string;
  /** Controls beside the heading. */
  readonly actions?: ReactNode;
  /** A link above the heading, e.g. back to the list. */
  readonly above?: ReactNode;
  /** As wide as 64 rem instead of 41 rem. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const { title, actions, above, wide, children } = props;
  const heading = usePageTitle(title);
  return (
    <div className="page">
      <div className={wide === true ? 'page__column page__column--wide' : 'page__column'}>
        {above !== undefined && <div className="page__above">{above}</div>}
        <div className="page__head">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {actions !== undefined && <div className="page__actions">{actions}</div>}
        </div>
        {children}
      </div>
    </div>
  );
}
