/** False for an address that means "this computer" on every computer, so that no other device can use it. */
export function isReachable(url: string): boolean {
  const { hostname } = new URL(url);
  return !(hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.'));
}
