import type { MulticastLink } from './multicast-link.ts';

/** Sends on every link; one that works is enough. @throws the first error when none does. */
export async function sendOnLinks(
  links: readonly MulticastLink[],
  send: (link: MulticastLink) => Promise<void>,
): Promise<void> {
  const results = await Promise.allSettled(links.map(send));
  const failed = results.filter((result) => result.status === 'rejected');
  if (failed[0] && failed.length === results.length) throw failed[0].reason;
}
