import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';

import { Busboy, type BusboyInstance } from '@fastify/busboy';

import { RoostError } from '../../../../../shared/error-catalogue.ts';

/** Room for what the apps tell, and no more. */
const LIMITS = {
  fieldNameSize: 100,
  fieldSize: 64 * 1024,
  fields: 40,
  files: 2,
  parts: 42,
  headerPairs: 20,
  headerSize: 16 * 1024,
};

/** A sidecar waits in memory until its photo is safe. */
export const MAX_SIDECAR_BYTES = 4 * 1024 * 1024;

export interface FormFile {
  readonly fileName: string | undefined;
  readonly contentType: string;
  readonly body: Readable;
}

export interface FormSidecar {
  readonly fileName: string | undefined;
  readonly bytes: Buffer;
}

/**
 * A form that is read as it comes: the photo's bytes are handed on, not kept, and fields may stand before and behind
 * them.
 */
export class UploadForm {
  /** What was told so far. */
  readonly fields = new Map<string, string>();
  sidecar: FormSidecar | undefined;
  /** Its sidecar is longer than one may be. */
  isSidecarTooLong = false;
  readonly #file = Promise.withResolvers<FormFile>();
  readonly #ended: Promise<void>;
  readonly #request: IncomingMessage;
  readonly #form: BusboyInstance;
  #body: Readable | undefined;

  /** Begins to read at once. @throws RoostError `request/wrong-media-type`. */
  constructor(request: IncomingMessage) {
    this.#request = request;
    this.#form = formOf(request);
    this.#form.on('field', (name, value) => this.fields.set(name, value));
    this.#form.on('file', (name, body, fileName, _encoding, contentType) => {
      this.#take(name, body, { fileName, contentType });
    });
    this.#ended = pipeline(request, this.#form).then(
      () => this.#file.reject(new RoostError('request/invalid', 'The form has no part assetData.')),
      (error: unknown) => {
        const known = formError(error);
        this.#body?.destroy(known);
        this.#file.reject(known);
        throw known;
      },
    );
    // Whoever waits for them is told; until then a failure must not count as unhandled.
    this.#ended.catch(() => undefined);
    this.#file.promise.catch(() => undefined);
  }

  /** The part `assetData`, as soon as it begins. @throws RoostError `request/invalid` where there is none. */
  get file(): Promise<FormFile> {
    return this.#file.promise;
  }

  /**
   * Resolves when all of the form was read, and it was whole: only then is it known what the file is.
   * @throws RoostError `upload/interrupted`, `request/invalid`.
   */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Reads no further, so that an answer can be given. */
  stop(): void {
    this.#request.unpipe(this.#form);
    this.#body?.destroy();
  }

  #take(name: string, body: Readable, told: Omit<FormFile, 'body'>): void {
    // Whoever reads it is told in any case; an error that nobody hears would end the service.
    body.on('error', () => undefined);
    if (name === 'assetData' && this.#body === undefined) {
      this.#body = body;
      this.#file.resolve({ ...told, body });
      return;
    }
    if (name !== 'sidecarData') {
      body.resume();
      return;
    }
    const chunks: Buffer[] = [];
    let byteCount = 0;
    body.on('data', (chunk: Buffer) => {
      byteCount += chunk.byteLength;
      if (byteCount <= MAX_SIDECAR_BYTES) chunks.push(Buffer.from(chunk));
      else {
        this.isSidecarTooLong = true;
        chunks.length = 0;
      }
    });
    body.once('end', () => {
      if (byteCount > 0 && byteCount <= MAX_SIDECAR_BYTES) {
        this.sidecar = { fileName: told.fileName, bytes: Buffer.concat(chunks) };
      }
    });
  }
}

function formOf({ headers }: IncomingMessage): BusboyInstance {
  const contentType = headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) {
    throw new RoostError('request/wrong-media-type', 'The body must be multipart/form-data.');
  }
  try {
    return new Busboy({ headers: { ...headers, 'content-type': contentType }, limits: LIMITS });
  } catch (error) {
    throw new RoostError('request/invalid', 'The form has no boundary.', { cause: error });
  }
}

/** A connection that broke off is no fault of the form. */
function formError(error: unknown): RoostError {
  if (error instanceof RoostError) return error;
  const isBroken =
    error instanceof Error &&
    'code' in error &&
    /^(ERR_STREAM|ECONN|EPIPE)/.test(String(error.code));
  return isBroken
    ? new RoostError('upload/interrupted', undefined, { cause: error })
    : new RoostError('request/invalid', 'The form is not whole.', { cause: error });
}
