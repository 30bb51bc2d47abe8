/** What Roost's page on a phone says of the device it makes; it is compared with this by a test. */
const WEB_PAGE_PLATFORM = 'web';

/** Whether a device is Roost's page in a browser: it sends only while it is open, and only what was picked there. */
export function isWebPage({ platform }: { readonly platform: string }): boolean {
  return platform === WEB_PAGE_PLATFORM;
}
