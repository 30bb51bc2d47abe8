import { NO_ANSWER, type RawAnswer } from './outcome.ts';

const CALL_WITHIN_MS = 30_000;
/** An upload in which nothing moves for this long is broken off; what came of it is not lost. */
const SILENCE_MS = 30_000;
/** The computer may need a while to write a long film to a slow disk before it answers. */
const ANSWER_WITHIN_MS = 180_000;

/** A request to the computer that the page came from. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Asks, and gives up after half a minute. Status 0 when there was no answer. */
export async function call(
  { method, path, headers }: Call,
  body: string | undefined,
  signal?: AbortSignal,
): Promise<RawAnswer> {
  const limit = new AbortController();
  const abort = (): void => limit.abort();
  const timer = setTimeout(abort, CALL_WITHIN_MS);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  try {
    const response = await fetch(path, {
      method,
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal: limit.signal,
      headers,
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    return { status: response.status, text, header: (name) => response.headers.get(name) };
  } catch {
    return NO_ANSWER;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * Sends bytes; `onSent` tells how many of them so far. XMLHttpRequest, because `fetch` tells nothing of that.
 * Status 0 when there was no answer.
 */
export async function sendBytes(
  { method, path, headers }: Call,
  body: Blob,
  onSent: (byteCount: number) => void,
  signal: AbortSignal,
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let watchdog: ReturnType<typeof setTimeout> | undefined;
    const abort = (): void => request.abort();
    const expectLifeWithin = (ms: number): void => {
      clearTimeout(watchdog);
      watchdog = setTimeout(abort, ms);
    };
    request.addEventListener('loadend', () => {
      clearTimeout(watchdog);
      signal.removeEventListener('abort', abort);
      resolve({
        status: request.status,
        text: request.responseText,
        header: (name) => request.getResponseHeader(name),
      });
    });
    request.upload.addEventListener('progress', (event) => {
      expectLifeWithin(SILENCE_MS);
      onSent(event.loaded);
    });
    request.upload.addEventListener('load', () => {
      expectLifeWithin(ANSWER_WITHIN_MS);
      onSent(body.size);
    });
    request.open(method, path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    if (signal.aborted) {
      resolve(NO_ANSWER);
      return;
    }
    signal.addEventListener('abort', abort);
    expectLifeWithin(body.size === 0 ? ANSWER_WITHIN_MS : SILENCE_MS);
    request.send(body);
  });
}
