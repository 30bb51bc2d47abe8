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

/** What an acknowledgement is kept under; the end of several streams under each of them. */
export function keysOf(ack: string): (readonly [string, string])[] {
  const [type = '', list = '', ends = ''] = ack.split('|');
  if (type !== 'SyncCompleteV1') return [[type, ack]];
  return ends.split(',').flatMap((end) => {
    const [request = '', number = ''] = end.split(':');
    return request === '' ? [] : [[`${type}|${request}`, `${type}|${list}|${number}`] as const];
  });
}

/** Whether an acknowledgement is of something that was streamed. */
export function isKnownAck(ack: string): boolean {
  const [type = ''] = ack.split('|');
  return COUNTED.has(type) || type === 'AuthUserV1' || type === 'UserV1';
}

/** All that is kept of an entity, also as the end of its stream. */
export function keysToClear(type: string): string[] {
  if (type === 'SyncCompleteV1') return FILE_STREAMS.map(({ request }) => `${type}|${request}`);
  const stream = FILE_STREAMS.find(({ entities }) => entities.includes(type));
  return stream ? [...stream.entities, `SyncCompleteV1|${stream.request}`] : [type];
}
