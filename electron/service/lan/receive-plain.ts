import type { IncomingMessage, ServerResponse } from 'node:http';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { MAX_RESOURCE_BYTES, type Ingest } from '../ingest/ingest.ts';

import { bodyLength, byteCountField } from './body-length.ts';
import { answerJson, askForBody } from './early-answer.ts';
import type { UploadSlots } from './upload-slots.ts';
import type { AnswerOf, UploadTarget } from './upload-target.ts';
import { watchBody } from './watch-body.ts';

export interface PlainParts {
  readonly ingest: () => Ingest;
  readonly slots: UploadSlots;
  readonly answerOf: (protocol: string) => AnswerOf;
}

/**
 * Receives a resource that comes as one body and cannot be resumed.
 * @throws RoostError where nothing was answered yet.
 */
export async function receivePlain(
  { ingest, slots, answerOf }: PlainParts,
  request: IncomingMessage,
  response: ServerResponse,
  target: UploadTarget,
): Promise<void> {
  const announced = { ...target.announced, expectedByteCount: expectedByteCount(request) };
  if ((announced.expectedByteCount ?? 0) > MAX_RESOURCE_BYTES) {
    throw new RoostError('upload/too-large');
  }
  const known = await ingest().recogniseEarly(announced);
  const outcome = known ?? (await receive());
  const { status, headers, body } = answerOf(target.protocol)(announced, outcome);
  answerJson(request, response, status, headers, body);

  async function receive(): ReturnType<Ingest['receive']> {
    using _slot = slots.take(announced.deviceId);
    using _watch = watchBody(request);
    return await ingest().receive({ ...announced, body: request }, () => {
      askForBody(request, response);
    });
  }
}

/** `Content-Length`, which must agree with an `Upload-Length` where a client sends both. */
function expectedByteCount({ headers }: IncomingMessage): number | undefined {
  const upload = byteCountField(headers['upload-length']);
  const isChunked = headers['transfer-encoding'] !== undefined;
  const content = isChunked ? undefined : bodyLength(headers);
  if (content !== undefined && upload !== undefined && content !== upload) {
    throw new RoostError(
      'upload/length-mismatch',
      `Content-Length says ${content} bytes, Upload-Length ${upload}.`,
    );
  }
  return content ?? upload;
}
