/**
 * What pages in Roost's window may do. The service's pages ask for none of the rest, so everything not named
 * here is refused.
 */

/** Sites a link in the window may open in the person's own browser. */
const EXTERNAL_HOSTS: ReadonlySet<string> = new Set(['www.gnu.org']);

/** Schemes whose content comes from a page that was allowed itself. */
const LOCAL_SCHEMES: ReadonlySet<string> = new Set(['data:', 'blob:']);

/** Origin of the service's pages, or `undefined` while the service is away: then no page is trusted. */
export type WindowOrigin = string | undefined;

/** Navigation a page starts itself; pages the shell loads do not pass here. */
export function mayNavigate(url: string, windowOrigin: WindowOrigin): boolean {
  return isOfOrigin(url, windowOrigin);
}

/** Requests a page makes, for its pictures, scripts, styles and calls. */
export function mayRequest(url: string, windowOrigin: WindowOrigin): boolean {
  const scheme = parsed(url)?.protocol;
  return (scheme !== undefined && LOCAL_SCHEMES.has(scheme)) || isOfOrigin(url, windowOrigin);
}

/** Links that leave for the person's browser: encrypted, without sign-in data, to a site on the list. */
export function mayOpenExternally(url: string): boolean {
  const target = parsed(url);
  return (
    target?.protocol === 'https:' &&
    target.username === '' &&
    target.password === '' &&
    target.port === '' &&
    EXTERNAL_HOSTS.has(target.hostname)
  );
}

/** A frame as Electron tells it with a message; `null` when it is gone already. */
export interface SenderFrame {
  readonly url: string;
  /** `null` for the page itself, a frame for what is embedded in it. */
  readonly parent: unknown;
}

/** Only the service's own page speaks to the shell: not what it may embed, not the shell's own notes. */
export function isTrustedSender(frame: SenderFrame | null, windowOrigin: WindowOrigin): boolean {
  return frame?.parent === null && isOfOrigin(frame.url, windowOrigin);
}

/** The origin of the service's pages, from the address the service gave. */
export function originOf(windowUrl: string): string {
  return new URL(windowUrl).origin;
}

function isOfOrigin(url: string, windowOrigin: WindowOrigin): boolean {
  const target = parsed(url);
  // A blob: address has its page's origin; it is not a page of the service.
  return (
    windowOrigin !== undefined && target?.protocol === 'http:' && target.origin === windowOrigin
  );
}

function parsed(url: string): URL | undefined {
  return URL.parse(url) ?? undefined;
}
