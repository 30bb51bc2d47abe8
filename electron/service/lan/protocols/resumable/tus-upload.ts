import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../../../shared/native-protocol.ts';
import type { ResourceAnnouncement, StoredOutcome } from '../../../ingest/incoming-resource.ts';
import {
  OffsetMismatchError,
  type AppendResult,
  type PartDigest,
  type UploadProgress,
} from '../../../ingest/uploads/append-request.ts';
import type { ResumableUpload } from '../../../ingest/uploads/resumable-upload.ts';
import { bodyLength } from '../../body-length.ts';
import { answerEmpty, askForBody } from '../../early-answer.ts';
import { answerUploadProblem } from '../../problem-answer.ts';
import { uploadFailure } from '../../upload-failure.ts';
import type { UploadTarget } from '../../upload-target.ts';
import { watchBody } from '../../watch-body.ts';

import { tusChecksum } from './part-digest.ts';
import { slotFor, type ResumableParts } from './resumable-parts.ts';
import {
  isTusBody,
  TUS_MEDIA_TYPE,
  TUS_VERSION,
  requireTusVersion,
  requireWholeFile,
  tusCount,
  tusCreationLength,
  tusMetadata,
} from './tus-fields.ts';
import { uploadAddress } from './upload-address.ts';

/** Checksum mismatch, as tus names it. */
const STATUS_CHECKSUM_MISMATCH = 460;

/** One request of tus 1.0.0 with its answer. */
export class TusExchange {
  readonly #parts: ResumableParts;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;

  constructor(parts: ResumableParts, request: IncomingMessage, response: ServerResponse) {
    this.#parts = parts;
    this.#request = request;
    this.#response = response;
    response.setHeader(HEADERS.tusResumable, TUS_VERSION);
  }

  /** Creation, with or without the first bytes, on an upload route. Answers in every case. */
  async create(target: UploadTarget): Promise<void> {
    const { slots } = this.#parts;
    const { headers } = this.#request;
    let upload: ResumableUpload | undefined;
    try {
      requireTusVersion(headers);
      requireWholeFile(headers);
      const length = tusCreationLength(headers);
      const partDigest = tusChecksum(headers);
      const uploadMetadata = headers['upload-metadata']?.toString();
      const announced = announcedWith(target.announced, uploadMetadata, length);
      const ingest = this.#parts.ingest(announced);
      const known = this.#hasBody() ? await ingest.recogniseEarly(announced, false) : undefined;
      using _slot = slots.take(announced.deviceId);
      upload = await ingest.beginUpload(announced, {
        protocol: target.protocol,
        dialect: 'tus',
        endsAtLength: true,
        uploadMetadata,
      });
      const location = uploadAddress(this.#request, upload.uploadId);
      if (known) {
        const { byteCount } = upload.foundHere(known);
        this.#answerAdded(upload, { kind: 'finished', byteCount, outcome: known }, location);
        return;
      }
      this.#answerAdded(upload, await this.#append(upload, 0, length, partDigest), location);
    } catch (error) {
      this.#answerFailure(error);
    }
  }

  /** HEAD. Answers in every case. */
  async tellOffset(upload: ResumableUpload): Promise<void> {
    try {
      requireTusVersion(this.#request.headers);
      const progress = await this.#parts.ingest().progressOf(upload);
      const { uploadMetadata } = upload.opened;
      answerEmpty(this.#request, this.#response, 200, {
        [HEADERS.uploadOffset]: String(progress.byteCount),
        ...lengthHeaders(progress),
        ...(uploadMetadata !== undefined && { [HEADERS.uploadMetadata]: uploadMetadata }),
        [HEADERS.uploadExpires]: new Date(progress.expiresAt).toUTCString(),
      });
    } catch (error) {
      this.#answerFailure(error);
    }
  }

  /** PATCH. Answers in every case. */
  async append(upload: ResumableUpload): Promise<void> {
    const { headers } = this.#request;
    try {
      requireTusVersion(headers);
      if (!isTusBody(headers)) throw new RoostError('request/wrong-media-type');
      const partDigest = tusChecksum(headers);
      const offset = tusCount(headers, 'upload-offset');
      const length =
        headers['upload-length'] === undefined ? undefined : tusCount(headers, 'upload-length');
      using _slot = await slotFor(this.#parts, upload);
      this.#answerAdded(upload, await this.#append(upload, offset, length, partDigest), undefined);
    } catch (error) {
      this.#answerFailure(error);
    }
  }

  /** DELETE. Answers in every case. */
  async cancel(upload: ResumableUpload): Promise<void> {
    try {
      requireTusVersion(this.#request.headers);
      await this.#parts.ingest().cancel(upload);
      answerEmpty(this.#request, this.#response, 204, {});
    } catch (error) {
      this.#answerFailure(error);
    }
  }

  async #append(
    upload: ResumableUpload,
    offset: number,
    uploadLength: number | undefined,
    partDigest: PartDigest | undefined,
  ): Promise<AppendResult> {
    const { headers } = this.#request;
    using _watch = watchBody(this.#request);
    return await this.#parts.ingest().append(
      upload,
      {
        offset,
        body: this.#request,
        ownsChunks: true,
        contentLength: bodyLength(headers),
        uploadLength,
        endsFile: false,
        endsAtLength: true,
        partDigest,
      },
      { onWanted: () => askForBody(this.#request, this.#response) },
    );
  }

  #hasBody(): boolean {
    return isTusBody(this.#request.headers) && bodyLength(this.#request.headers) !== 0;
  }

  #answerAdded(upload: ResumableUpload, result: AppendResult, location: string | undefined): void {
    const stored = result.kind === 'finished' ? this.#storedHeaders(upload, result.outcome) : {};
    answerEmpty(this.#request, this.#response, location === undefined ? 204 : 201, {
      ...stored,
      [HEADERS.uploadOffset]: String(result.byteCount),
      [HEADERS.uploadExpires]: new Date(upload.expiresAt).toUTCString(),
      ...(location !== undefined && { location }),
    });
  }

  #storedHeaders(upload: ResumableUpload, outcome: StoredOutcome): OutgoingHttpHeaders {
    const { headers } = this.#parts.answerOf(upload.opened.protocol)(upload.announced, outcome);
    // tus: Location is the address of the upload, and told at its creation only.
    const { location: _asset, ...rest } = headers;
    return rest;
  }

  #answerFailure(error: unknown): void {
    const known = uploadFailure(error, this.#parts.log);
    const isMismatch = known.code === 'upload/part-digest-mismatch';
    answerUploadProblem(
      this.#request,
      this.#response,
      known,
      {
        ...(known.code === 'request/unsupported-version' && { [HEADERS.tusVersion]: TUS_VERSION }),
        ...(known.code === 'request/wrong-media-type' && { 'accept-patch': TUS_MEDIA_TYPE }),
        ...(known instanceof OffsetMismatchError && {
          [HEADERS.uploadOffset]: String(known.expectedOffset),
        }),
      },
      isMismatch ? { status: STATUS_CHECKSUM_MISMATCH } : {},
    );
  }
}

/** Header fields of the route count more than what the metadata say. */
function announcedWith(
  announced: ResourceAnnouncement,
  uploadMetadata: string | undefined,
  length: number | undefined,
): ResourceAnnouncement {
  const { contentType, ...told } = announced.told;
  // The media type of a creation with bytes speaks of the transfer and not of the file.
  const own = contentType?.startsWith(TUS_MEDIA_TYPE) ? {} : contentType && { contentType };
  return {
    ...announced,
    told: { ...tusMetadata(uploadMetadata), ...own, ...told },
    expectedByteCount: length,
  };
}

function lengthHeaders({ length }: UploadProgress): OutgoingHttpHeaders {
  return length === undefined
    ? { [HEADERS.uploadDeferLength]: '1' }
    : { [HEADERS.uploadLength]: String(length) };
}
