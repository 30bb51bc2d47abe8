import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';

import { Busboy, type BusboyInstance } from '@fastify/busboy';

import { RoostError } from '../../../../../shared/error-catalogue.ts';

/** Room for what the apps tell, and no more. */
const LIMITS = {
  fieldSize: 64 * 1024,
  fields: 40,
  files: 3,
  parts: 43,
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
 * them. What Roost would have to leave out is refused, since the sender is told that all of it is safe.
 *
 * A form that ends badly leaves the request as it is: the answer goes out on the same connection.
 */
export class UploadForm {
  /** What was told so far. */
  readonly fields = new Map<string, string>();
  sidecar: FormSidecar | undefined;
  readonly #file = Promise.withResolvers<FormFile>();
  readonly #ended = Promise.withResolvers<undefined>();
  readonly #request: IncomingMessage;
  readonly #form: BusboyInstance;
  #body: PassThrough | undefined;
  #hasSidecar = false;
  #partCount = 0;
  #isOver = false;

  /** Begins to read at once. @throws RoostError `request/wrong-media-type`. */
  constructor(request: IncomingMessage) {
    this.#request = request;
    const form = formOf(request);
    this.#form = form;
    // Whoever waits for them is told; until then a failure must not count as unhandled.
    this.#file.promise.catch(() => undefined);
    this.#ended.promise.catch(() => undefined);
    form.on('field', (name, value, _isNameCut, isCut) => this.#takeField(name, value, isCut));
    form.on('file', (name, body, fileName, _encoding, contentType) => {
      this.#takeFile(name, body, { fileName, contentType });
    });
    for (const event of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      form.on(event, () => this.#refuse('The form has too many parts.'));
    }
    form.on('error', (cause) => this.#refuse('The form is not whole.', cause));
    const isParsed = new Promise<void>((resolve) => form.once('finish', resolve));
    // A form may look whole before its request is: bytes that were announced are still missing then.
    finished(request, { writable: false })
      .then(() => isParsed)
      .then(
        () => this.#succeed(),
        (error: unknown) => this.#fail(brokenOff(error)),
      );
    request.pipe(form);
  }

  /** The part `assetData`, as soon as it begins. @throws RoostError `request/invalid` where there is none. */
  get file(): Promise<FormFile> {
    return this.#file.promise;
  }

  /**
   * Resolves when all of the form was read, and it was whole: only then is it known what the file is.
   * @throws RoostError `upload/interrupted` and the like, `request/invalid`, `request/too-large`.
   */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** Reads no further, so that an answer can be given. */
  stop(): void {
    this.#isOver = true;
    this.#request.unpipe(this.#form);
    this.#body?.destroy();
  }

  #succeed(): void {
    if (this.#isOver) return;
    if (hasPassedOver(this.#form, this.#partCount)) {
      this.#refuse('The form has a part whose head cannot be read.');
    } else if (this.#body) {
      this.#isOver = true;
      this.#ended.resolve(undefined);
    } else this.#refuse('The form has no part assetData.');
  }

  #refuse(detail: string, cause?: unknown): void {
    this.#fail(new RoostError('request/invalid', detail, { cause }));
  }

  #fail(error: RoostError): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#request.unpipe(this.#form);
    this.#body?.destroy(error);
    this.#file.reject(error);
    this.#ended.reject(error);
  }

  #takeField(name: string | undefined, value: string, isCut: boolean): void {
    this.#partCount += 1;
    if (name === undefined || name === '') this.#refuse('The form has a field without a name.');
    else if (isCut) this.#refuse(`The field ${shown(name)} is longer than 64 KiB.`);
    else this.fields.set(name, value);
  }

  #takeFile(name: string | undefined, part: Readable, told: Omit<FormFile, 'body'>): void {
    this.#partCount += 1;
    // An error that nobody hears would end the service; the form itself tells of it.
    part.on('error', () => undefined);
    if (this.#isOver) part.resume();
    else if (name === 'assetData') this.#takePhoto(part, told);
    else if (name === 'sidecarData') this.#takeSidecar(part, told.fileName);
    else {
      part.resume();
      this.#refuse(`There is no file ${shown(name ?? '')} in such a form.`);
    }
  }

  #takePhoto(part: Readable, told: Omit<FormFile, 'body'>): void {
    if (this.#body) {
      part.resume();
      this.#refuse('A form has one part assetData.');
      return;
    }
    // Of a form that ends early the parser says something of its own to who reads the part, and then ends it as whole.
    this.#body = part.pipe(new PassThrough());
    this.#body.on('error', () => undefined);
    this.#file.resolve({ ...told, body: this.#body });
  }

  /** Two could not both stand beside the photo, and either could be the one that its sender means. */
  #takeSidecar(part: Readable, fileName: string | undefined): void {
    if (this.#hasSidecar) this.#refuse('A form has one part sidecarData.');
    this.#hasSidecar = true;
    const chunks: Buffer[] = [];
    let byteCount = 0;
    part.on('data', (chunk: Buffer) => {
      byteCount += chunk.byteLength;
      if (byteCount <= MAX_SIDECAR_BYTES) {
        chunks.push(Buffer.from(chunk));
        return;
      }
      chunks.length = 0;
      this.#fail(new RoostError('request/too-large', 'The sidecar is longer than 4 MiB.'));
    });
    part.once('end', () => {
      if (byteCount > 0 && !this.#isOver) this.sidecar = { fileName, bytes: Buffer.concat(chunks) };
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

/** The parser says nothing of a part whose head it cannot read: it only counts it, for itself. */
function hasPassedOver(form: BusboyInstance, partCount: number): boolean {
  const { _parser: parser } = form as unknown as { _parser?: { _nparts?: unknown } };
  return parser?._nparts !== partCount;
}

/** Whatever else ended the request's body, the sender may try again. */
function brokenOff(error: unknown): RoostError {
  return error instanceof RoostError
    ? error
    : new RoostError('upload/interrupted', undefined, { cause: error });
}

function shown(name: string): string {
  return `"${name.slice(0, 100).toWellFormed()}"`;
}
