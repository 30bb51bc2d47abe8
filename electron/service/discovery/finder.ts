import { computerParts } from './advertiser-parts.ts';
import type { AdvertiserParts } from './advertiser-parts.ts';
import type { DnsQuestion } from './dns-records.ts';
import { FoundRoosts } from './found-roosts.ts';
import type { FoundRoost } from './found-roosts.ts';
import { readNetwork } from './network-addresses.ts';
import type { AddressRules } from './network-addresses.ts';
import { sendOnLinks } from './send-on-links.ts';
import { SERVICE_TYPE } from './service-names.ts';

export interface FindOptions extends AddressRules {
  /** How long to listen when nothing ends the search earlier. */
  readonly timeoutMs: number;
  /** Search only for the Roost with this id, and end once it is found. */
  readonly id?: string;
  /** Search only for the Roost with this exact name, and end once it is found. */
  readonly name?: string;
  readonly parts?: Partial<Pick<AdvertiserParts, 'network' | 'openLink' | 'wait'>>;
}

/** Pauses between questions: a lost packet costs little, and a quiet network stays quiet. */
const PAUSES_MS = [250, 750, 1_500, 3_000];
/** Open questions in one packet: more would not fit. */
const MAX_QUESTIONS = 16;

/**
 * Searches the local network for Roosts. Answers an empty list where there is no network or nobody answers.
 * @throws the socket's error when multicast DNS cannot be used at all (EADDRINUSE, EACCES, ENETUNREACH, ...).
 */
export async function findRoosts(options: FindOptions): Promise<FoundRoost[]> {
  const { network, openLink, wait } = { ...computerParts, ...options.parts };
  const { linkAddresses } = readNetwork(network(), options);
  const opened = await Promise.allSettled(
    // A link that breaks later only hears less: the search has its time limit.
    linkAddresses.map((address) => openLink(address, () => undefined)),
  );
  const links = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = opened.find((result) => result.status === 'rejected');
  if (links.length === 0 && failed) throw failed.reason;
  if (links.length === 0) return [];

  const found = new FoundRoosts(options.allowLoopback);
  const wanted = () =>
    found
      .complete()
      .filter(({ id }) => options.id === undefined || id === options.id)
      .filter(({ name }) => options.name === undefined || name === options.name);
  const isNarrow = options.id !== undefined || options.name !== undefined;
  const ended = new AbortController();
  try {
    for (const link of links) {
      link.onResponse((records, from) => {
        found.add(records, from);
        if (isNarrow && wanted().length > 0) ended.abort();
      });
    }
    const timeUp = wait(options.timeoutMs, ended.signal).then(() => ended.abort());
    for (let round = 0; !ended.signal.aborted; round += 1) {
      const questions: DnsQuestion[] = [
        { name: SERVICE_TYPE, type: 'PTR' },
        ...found.openQuestions().slice(0, MAX_QUESTIONS),
      ];
      await sendOnLinks(links, (link) => link.query(questions));
      await wait(PAUSES_MS[round] ?? 5_000, ended.signal);
    }
    await timeUp;
    return wanted();
  } finally {
    ended.abort();
    await Promise.allSettled(links.map((link) => link.close()));
  }
}
