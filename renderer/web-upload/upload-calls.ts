import type { HEADERS, UploadAnswer } from '../../shared/native-protocol.ts';

import { modifiedAtOf, wellFormed } from './asset-key.ts';
import { call, sendBytes, type Call } from './http.ts';
import { fieldsOf, outcomeOf, parsedJson, type Outcome, type RawAnswer } from './outcome.ts';

/*
 * The page takes types from shared/ and no code, so that a phone loads a few kilobytes. These literals are held
 * to the protocol by their types.
 */
const FILE_NAME: (typeof HEADERS)['fileName'] = 'Roost-Filename';
const MODIFIED_AT: (typeof HEADERS)['modifiedAt'] = 'Roost-Modified-At';
const REPR_DIGEST: (typeof HEADERS)['reprDigest'] = 'Repr-Digest';
const UPLOAD_OFFSET: (typeof HEADERS)['uploadOffset'] = 'Upload-Offset';
const UPLOAD_LENGTH: (typeof HEADERS)['uploadLength'] = 'Upload-Length';
const UPLOAD_COMPLETE: (typeof HEADERS)['uploadComplete'] = 'Upload-Complete';

const UPLOADS_PATH = '/v1/uploads/';

/** What an upload is of. */
export interface UploadSubject {
  readonly assetKey: string;
  readonly resourceType: string;
  readonly file: File;
  /** Then its time is not told, see `nameFiles`. */
  readonly isAlike: boolean;
}

/** How far an upload came, as the computer says. */
export interface UploadOffset {
  readonly byteCount: number;
  /** Only a file that is stored is complete. */
  readonly isComplete: boolean;
}

/** The calls that carry files. An `UploadAnswer` is the computer's word that it holds all bytes. */
export interface UploadTransport {
  sendWhole(
    subject: UploadSubject,
    onSent: (byteCount: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>>;
  /** Begins an upload that can be gone on with, and gives its id. */
  begin(subject: UploadSubject, signal: AbortSignal): Promise<Outcome<string>>;
  tellOffset(uploadId: string, signal: AbortSignal): Promise<Outcome<UploadOffset>>;
  /** Sends the file to an upload that has nothing of it yet. */
  appendAll(
    uploadId: string,
    file: File,
    onSent: (byteCount: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>>;
  /** Sends all from `offset` on, to be ended later; `onSent` counts from the beginning of the file. */
  appendRest(
    uploadId: string,
    file: File,
    offset: number,
    onSent: (byteCount: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<UploadOffset>>;
  /** Ends an upload that has all bytes, where they have this SHA-256 (base64). */
  end(
    uploadId: string,
    file: File,
    sha256: string,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>>;
}

/**
 * Uploads as a page can send them. Those that are resumed speak the IETF's resumable uploads without naming a
 * version: a version would bring interim answers (104), which a page never sees and old browsers may stumble over.
 * The address, which such an answer would tell, comes from a creation without a body instead.
 */
export class UploadCalls implements UploadTransport {
  readonly #token: string;

  constructor(token: string) {
    this.#token = token;
  }

  async sendWhole(
    subject: UploadSubject,
    onSent: (byteCount: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    const { file } = subject;
    const to = { method: 'PUT', path: addressOf(subject), headers: this.#announcing(subject) };
    return outcomeOf(await sendBytes(to, file, onSent, signal), storedAnswer(file));
  }

  async begin(subject: UploadSubject, signal: AbortSignal): Promise<Outcome<string>> {
    const headers = {
      ...this.#announcing(subject),
      [UPLOAD_COMPLETE]: '?0',
      [UPLOAD_LENGTH]: String(subject.file.size),
    };
    const to = { method: 'POST', path: addressOf(subject), headers };
    return outcomeOf(await call(to, '', signal), (answer) =>
      uploadIdOf(answer.header('Location') ?? ''),
    );
  }

  async tellOffset(uploadId: string, signal: AbortSignal): Promise<Outcome<UploadOffset>> {
    // Not HEAD: a refusal says why in its body.
    const to = { method: 'GET', path: UPLOADS_PATH + uploadId, headers: this.#authorization() };
    return outcomeOf(await call(to, undefined, signal), offsetOf);
  }

  async appendAll(
    uploadId: string,
    file: File,
    onSent: (byteCount: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    const to = this.#part(uploadId, 0, { [UPLOAD_COMPLETE]: '?1' });
    return outcomeOf(await sendBytes(to, file, onSent, signal), storedAnswer(file));
  }

  async appendRest(
    uploadId: string,
    file: File,
    offset: number,
    onSent: (byteCount: number) => void,
    signal: AbortSignal,
  ): Promise<Outcome<UploadOffset>> {
    const to = this.#part(uploadId, offset, { [UPLOAD_COMPLETE]: '?0' });
    const onPart = (byteCount: number): void => onSent(offset + byteCount);
    return outcomeOf(await sendBytes(to, file.slice(offset), onPart, signal), offsetOf);
  }

  async end(
    uploadId: string,
    file: File,
    sha256: string,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    const digest = `sha-256=:${sha256}:`;
    const to = this.#part(uploadId, file.size, {
      [UPLOAD_COMPLETE]: '?1',
      [REPR_DIGEST]: digest,
    });
    const nothing = new Blob();
    return outcomeOf(await sendBytes(to, nothing, () => undefined, signal), storedAnswer(file));
  }

  #part(uploadId: string, offset: number, headers: Readonly<Record<string, string>>): Call {
    return {
      method: 'PATCH',
      path: UPLOADS_PATH + uploadId,
      headers: {
        ...this.#authorization(),
        'Content-Type': 'application/partial-upload',
        [UPLOAD_OFFSET]: String(offset),
        ...headers,
      },
    };
  }

  #authorization(): Record<string, string> {
    return { Authorization: `Bearer ${this.#token}` };
  }

  #announcing({ file, isAlike }: UploadSubject): Record<string, string> {
    return {
      ...this.#authorization(),
      'Content-Type': file.type || 'application/octet-stream',
      [FILE_NAME]: encodeURIComponent(wellFormed(file.name)),
      ...(!isAlike && { [MODIFIED_AT]: new Date(modifiedAtOf(file)).toISOString() }),
    };
  }
}

function addressOf({ assetKey, resourceType }: UploadSubject): string {
  return `/v1/assets/${encodeURIComponent(assetKey)}/${encodeURIComponent(resourceType)}`;
}

/** The id in the address of an upload: the page asks on the address it came from, whatever host is named there. */
export function uploadIdOf(location: string): string | undefined {
  return /^(?:https?:\/\/[^/]+)?\/v1\/uploads\/([\w-]{1,100})$/.exec(location)?.[1];
}

function offsetOf({ header }: RawAnswer): UploadOffset | undefined {
  const offset = header(UPLOAD_OFFSET) ?? '';
  if (!/^\d{1,15}$/.test(offset)) return undefined;
  return { byteCount: Number(offset), isComplete: header(UPLOAD_COMPLETE) === '?1' };
}

function storedAnswer(file: File): (answer: RawAnswer) => UploadAnswer | undefined {
  return ({ text }) => {
    const value = parsedJson(text);
    const { result, receiptId, byteCount } = fieldsOf(value);
    const isStored =
      (result === 'stored' || result === 'duplicate' || result === 'repeated') &&
      typeof receiptId === 'string' &&
      byteCount === file.size;
    return isStored ? (value as UploadAnswer) : undefined;
  };
}
