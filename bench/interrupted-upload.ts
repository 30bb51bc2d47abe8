import { once } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';

import type { PlannedUpload } from './load-plan.ts';

/** The draft's twelfth edition, as phones of today and tomorrow speak it. */
const INTEROP = { 'upload-draft-interop-version': '8' };

/** Where a server supports resumption it says so at once. */
const SUPPORT_WITHIN_MS = 2_000;

/** The server has nothing that an interrupted upload could go on from. */
export class NotResumableError extends Error {
  override readonly name = 'NotResumableError';
}

export interface ResumeParts {
  readonly open: (options: { method: string; path: string; headers: object }) => ClientRequest;
  readonly writeBody: (
    outgoing: ClientRequest,
    upload: PlannedUpload,
    from: number,
    to: number,
  ) => Promise<void>;
  /** @throws for an answer that is no success. */
  readonly answerTo: (outgoing: ClientRequest) => Promise<void>;
}

/**
 * Sends a whole body with `Upload-Complete: ?1`, breaks the connection off in the middle, and gives the path of
 * the upload that the server named in its 104.
 * @throws NotResumableError for a server that names none.
 */
export async function startInterrupted(
  upload: PlannedUpload,
  { open, writeBody }: ResumeParts,
): Promise<string> {
  const outgoing = open({
    ...upload,
    headers: {
      ...upload.headers,
      ...INTEROP,
      'upload-complete': '?1',
      'content-length': String(upload.byteCount),
    },
  });
  outgoing.on('error', () => undefined);
  const named = Promise.withResolvers<string | undefined>();
  outgoing.on('information', ({ statusCode, headers }) => {
    if (statusCode === 104 && headers.location) named.resolve(headers.location);
  });
  outgoing.once('response', () => named.resolve(undefined));
  outgoing.flushHeaders();
  const timer = setTimeout(() => named.resolve(undefined), SUPPORT_WITHIN_MS);
  const location = await named.promise;
  clearTimeout(timer);
  // What is still on its way when the connection goes is lost, as it is with a phone that leaves the Wi-Fi.
  if (location !== undefined) {
    await writeBody(outgoing, upload, 0, Math.floor(upload.byteCount / 2));
  }
  outgoing.destroy();
  if (location === undefined) throw new NotResumableError('no 104 with a Location');
  const { pathname, search } = new URL(location, 'http://127.0.0.1');
  return pathname + search;
}

/** Asks how much has arrived and sends the rest, up to the final answer. */
export async function resumeUpload(
  upload: PlannedUpload,
  location: string,
  { open, writeBody, answerTo }: ResumeParts,
): Promise<void> {
  const authorization = upload.headers['authorization'];
  const headers = { ...INTEROP, ...(authorization !== undefined && { authorization }) };
  const asking = open({ method: 'HEAD', path: location, headers });
  asking.end();
  const [told] = (await once(asking, 'response')) as [IncomingMessage];
  told.resume();
  await once(told, 'end');
  const offset = Number(told.headers['upload-offset'] ?? NaN);
  if (!Number.isSafeInteger(offset)) {
    throw new Error(`the server answered ${told.statusCode} without an Upload-Offset`);
  }
  const outgoing = open({
    method: 'PATCH',
    path: location,
    headers: {
      ...headers,
      'content-type': 'application/partial-upload',
      'upload-offset': String(offset),
      'upload-complete': '?1',
      'content-length': String(upload.byteCount - offset),
    },
  });
  const answered = answerTo(outgoing);
  answered.catch(() => undefined);
  await writeBody(outgoing, upload, offset, upload.byteCount);
  outgoing.end();
  await answered;
}
