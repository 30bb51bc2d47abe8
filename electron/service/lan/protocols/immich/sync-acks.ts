import { FILE_STREAMS, type FileStream } from './file-streams.ts';

/** Entities whose acknowledgements count changes. */
export const COUNTED: ReadonlySet<string> = new Set([
  'SyncCompleteV1',
  ...FILE_STREAMS.flatMap(({ entities }) => entities),
]);

/** The change up to which a session knows a stream. */
export function reached(
  { request, entities }: FileStream,
  known: ReadonlyMap<string, string>,
): number {
  const keys = [...entities, `SyncCompleteV1|${request}`];
  return Math.max(0, ...keys.map((key) => Number(known.get(key)?.split('|')[2]) || 0));
}

/**
 * What an acknowledgement is kept under; the end of several streams under each of them. Nothing of one that was never
 * streamed: there would be no end to their names.
 */
export function keysOf(ack: string): (readonly [string, string])[] {
  const [type = '', list = '', place = '', ...rest] = ack.split('|');
  if (rest.length > 0) return [];
  if (USERS.includes(type)) return USER_VERSION.test(list) && place === '' ? [[type, ack]] : [];
  if (!COUNTED.has(type) || !LIST_ID.test(list)) return [];
  if (type !== 'SyncCompleteV1') return NUMBER.test(place) ? [[type, ack]] : [];
  return place.split(',').flatMap((end) => {
    const [request = '', number = ''] = end.split(':');
    const isKnown = FILE_STREAMS.some((each) => each.request === request) && NUMBER.test(number);
    return isKnown ? [[`${type}|${request}`, `${type}|${list}|${number}`] as const] : [];
  });
}

const USERS: readonly string[] = ['AuthUserV1', 'UserV1'];
const USER_VERSION = /^[0-9a-f]{16}$/;
const LIST_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NUMBER = /^\d{1,15}$/;

/** All that is kept of an entity, also as the end of its stream. */
export function keysToClear(type: string): string[] {
  if (type === 'SyncCompleteV1') return FILE_STREAMS.map(({ request }) => `${type}|${request}`);
  const stream = FILE_STREAMS.find(({ entities }) => entities.includes(type));
  return stream ? [...stream.entities, `SyncCompleteV1|${stream.request}`] : [type];
}
