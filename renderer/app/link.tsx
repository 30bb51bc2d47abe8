import type { ComponentProps, MouseEvent } from 'react';

import { navigate } from './navigation.ts';

/** A link to another view. Modified clicks stay the browser's own: new tab, new window, download. */
export function Link({ href, onClick, ...rest }: ComponentProps<'a'> & { readonly href: string }) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event: MouseEvent<HTMLAnchorElement>) => {
        onClick?.(event);
        const isModified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
        if (event.defaultPrevented || event.button !== 0 || isModified) return;
        event.preventDefault();
        navigate(href);
      }}
    />
  );
}
