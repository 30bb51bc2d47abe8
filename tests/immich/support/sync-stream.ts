import type { ImmichPhone } from './immich-phone.ts';

/** A line of `POST /api/sync/stream`. */
export interface SyncLine {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly ack: string;
}

/** All that the stream tells now. */
export async function syncLines(
  phone: ImmichPhone,
  types: readonly string[] = ['AssetsV2'],
  reset?: boolean,
): Promise<readonly SyncLine[]> {
  const { status, text } = await phone.ask('POST', '/api/sync/stream', {
    types,
    ...(reset !== undefined && { reset }),
  });
  if (status !== 200) throw new Error(`The stream was refused: ${status} ${text}`);
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as SyncLine);
}

/** Hears what the stream tells now, and says that it knows it. */
export async function hearAll(
  phone: ImmichPhone,
  types?: readonly string[],
): Promise<readonly SyncLine[]> {
  const lines = await syncLines(phone, types);
  await phone.call('POST', '/api/sync/ack', { acks: lines.map(({ ack }) => ack) });
  return lines;
}

/** Of lines that tell of assets, and not of the end: their kinds and the assets' ids. */
export function toldOf(lines: readonly SyncLine[]): readonly (readonly [string, unknown])[] {
  return lines
    .filter(({ type }) => type !== 'SyncCompleteV1')
    .map(({ type, data }) => [type, data['id'] ?? data['assetId']]);
}
