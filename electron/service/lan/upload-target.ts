import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { ResourceAnnouncement, StoredOutcome } from '../ingest/incoming-resource.ts';

/** What a request to an upload route asks to have stored, before anything is said of how its bytes come. */
export interface UploadTarget {
  /** Name of the protocol whose route it is: it says what a device hears at the end. */
  readonly protocol: string;
  /** Without an expected length: what the request says of lengths depends on how the bytes come. */
  readonly announced: ResourceAnnouncement;
}

/** A success as a protocol tells it. */
export interface TargetAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: unknown;
}

/** How a protocol tells a device that its resource is safe. */
export type AnswerOf = (
  announced: Pick<ResourceAnnouncement, 'assetKey' | 'resourceType'>,
  outcome: StoredOutcome,
) => TargetAnswer;

/**
 * Takes the body of a request to an upload route, in whatever way the request speaks, and answers it.
 * @throws RoostError where nothing was answered yet.
 */
export type ReceiveUpload = (
  request: IncomingMessage,
  response: ServerResponse,
  target: UploadTarget,
) => Promise<void>;
