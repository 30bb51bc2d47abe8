import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../../../shared/native-protocol.ts';
import type { StoredOutcome } from '../../../ingest/incoming-resource.ts';
import { agreedLength } from '../../../ingest/uploads/agreed-length.ts';
import {
  OffsetMismatchError,
  type AppendEvents,
  type AppendRequest,
} from '../../../ingest/uploads/append-request.ts';
import type { ResumableUpload } from '../../../ingest/uploads/resumable-upload.ts';
import { bodyLength } from '../../body-length.ts';
import { answerEmpty, answerJson, askForBody } from '../../early-answer.ts';
import { answerUploadProblem } from '../../problem-answer.ts';
import { uploadFailure } from '../../upload-failure.ts';
import type { UploadTarget } from '../../upload-target.ts';
import { watchBody } from '../../watch-body.ts';

import { dialectName, type IetfDialect } from './dialect.ts';
import {
  ietfFields,
  isPartialUpload,
  limitHeaders,
  progressHeaders,
  type IetfFields,
} from './ietf-fields.ts';
import { sendInterim } from './interim-answer.ts';
import { contentDigest, wholeSha256 } from './part-digest.ts';
import { slotFor, type ResumableParts } from './resumable-parts.ts';
import { uploadAddress } from './upload-address.ts';

export const PARTIAL_UPLOAD = 'application/partial-upload';

/** Interop 3 and 4 know no 104 that tells how far an upload came. */
const FIRST_WITH_PROGRESS = 5;

/** One request in the IETF dialect with its answer: draft-ietf-httpbis-resumable-upload. */
export class IetfExchange {
  readonly #parts: ResumableParts;
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #dialect: IetfDialect;
  readonly #fields: IetfFields;

  constructor(
    parts: ResumableParts,
    request: IncomingMessage,
    response: ServerResponse,
    dialect: IetfDialect,
  ) {
    this.#parts = parts;
    this.#request = request;
    this.#response = response;
    this.#dialect = dialect;
    this.#fields = ietfFields(request.headers, dialect.version);
  }

  /** Upload creation on an upload route. Answers in every case. */
  async create(target: UploadTarget): Promise<void> {
    const { slots } = this.#parts;
    const { uploadLength, isComplete = true } = this.#fields;
    let upload: ResumableUpload | undefined;
    try {
      const contentLength = bodyLength(this.#request.headers);
      const claim = { offset: 0, contentLength, uploadLength, endsFile: isComplete };
      const announced = { ...target.announced, expectedByteCount: agreedLength(undefined, claim) };
      const ingest = this.#parts.ingest(announced);
      const known = isComplete ? await ingest.recogniseEarly(announced) : undefined;
      if (known) {
        this.#answerStored(target, known.receipt.byteCount, known);
        return;
      }
      using _slot = slots.take(announced.deviceId);
      upload = await ingest.beginUpload(announced, {
        protocol: target.protocol,
        dialect: dialectName(this.#dialect),
        endsAtLength: false,
      });
      await this.#append(upload, 0, isComplete, uploadAddress(this.#request, upload.uploadId));
    } catch (error) {
      this.#answerFailure(error, upload, isComplete);
    }
  }

  /** Offset retrieval. Answers in every case. */
  async tellOffset(upload: ResumableUpload): Promise<void> {
    try {
      const { byteCount, length, outcome } = await this.#parts.ingest().progressOf(upload);
      // Some clients take a length that is reached for the end, which only a stored file is.
      const tellsLength = length !== undefined && (outcome !== undefined || byteCount < length);
      answerEmpty(this.#request, this.#response, 204, {
        ...progressHeaders(this.#dialect, byteCount, outcome !== undefined),
        ...(tellsLength && { [HEADERS.uploadLength]: String(length) }),
        ...limitHeaders(this.#dialect.version),
      });
    } catch (error) {
      this.#answerFailure(error, undefined, false);
    }
  }

  /** Upload append. Answers in every case. */
  async append(upload: ResumableUpload): Promise<void> {
    const { version } = this.#dialect;
    const { offset, isComplete = version === 3 } = this.#fields;
    try {
      if (!isPartialUpload(this.#request.headers, version)) {
        throw new RoostError('request/wrong-media-type');
      }
      if (offset === undefined) {
        throw new RoostError('request/invalid', 'Upload-Offset is missing or no whole number.');
      }
      using _slot = await slotFor(this.#parts, upload);
      await this.#append(upload, offset, isComplete, undefined);
    } catch (error) {
      this.#answerFailure(error, upload, isComplete);
    }
  }

  /** Upload cancellation. Answers in every case. */
  async cancel(upload: ResumableUpload): Promise<void> {
    try {
      await this.#parts.ingest().cancel(upload);
      answerEmpty(this.#request, this.#response, 204, {});
    } catch (error) {
      this.#answerFailure(error, undefined, false);
    }
  }

  /** @param address told once the body is wanted, when the upload is new */
  async #append(
    upload: ResumableUpload,
    offset: number,
    endsFile: boolean,
    address: string | undefined,
  ): Promise<void> {
    const { headers } = this.#request;
    const request: AppendRequest = {
      offset,
      body: this.#request,
      ownsChunks: true,
      contentLength: bodyLength(headers),
      uploadLength: this.#fields.uploadLength,
      endsFile,
      endsAtLength: false,
      partDigest: contentDigest(headers),
      wholeSha256: wholeSha256(headers),
    };
    using _watch = watchBody(this.#request);
    const result = await this.#parts.ingest().append(upload, request, this.#events(address));
    if (result.kind === 'finished') {
      const { protocol } = upload.opened;
      const { announced } = upload;
      this.#answerStored({ protocol, announced }, result.byteCount, result.outcome);
      return;
    }
    const progress = progressHeaders(this.#dialect, result.byteCount, false);
    if (address === undefined) {
      answerEmpty(this.#request, this.#response, 204, progress);
      return;
    }
    const limits = limitHeaders(this.#dialect.version);
    answerEmpty(this.#request, this.#response, 201, { ...progress, ...limits, location: address });
  }

  #events(address: string | undefined): AppendEvents {
    const { version, hearsInterim } = this.#dialect;
    const interopVersion = { [HEADERS.interopVersion]: String(version) };
    return {
      onWanted: () => {
        askForBody(this.#request, this.#response);
        if (address === undefined || !hearsInterim) return;
        const limits = limitHeaders(version) as Record<string, string>;
        sendInterim(this.#response, { ...interopVersion, location: address, ...limits });
      },
      onDurable: (byteCount) => {
        if (!hearsInterim || version < FIRST_WITH_PROGRESS) return;
        sendInterim(this.#response, {
          ...interopVersion,
          [HEADERS.uploadOffset]: String(byteCount),
        });
      },
    };
  }

  /** The answer of the upload route itself. */
  #answerStored(target: UploadTarget, byteCount: number, outcome: StoredOutcome): void {
    const { announced, protocol } = target;
    const { status, headers, body } = this.#parts.answerOf(protocol)(announced, outcome);
    const all = { ...headers, ...progressHeaders(this.#dialect, byteCount, true) };
    answerJson(this.#request, this.#response, status, all, body);
  }

  #answerFailure(error: unknown, upload: ResumableUpload | undefined, endsFile: boolean): void {
    const known = uploadFailure(error, this.#parts.log);
    const headers = this.#failureHeaders(known, upload, endsFile);
    const members = known instanceof OffsetMismatchError && {
      'expected-offset': known.expectedOffset,
      'provided-offset': known.providedOffset,
    };
    answerUploadProblem(this.#request, this.#response, known, headers, members ? { members } : {});
  }

  #failureHeaders(
    error: RoostError,
    upload: ResumableUpload | undefined,
    endsFile: boolean,
  ): OutgoingHttpHeaders {
    if (error.code === 'request/wrong-media-type') return { 'accept-patch': PARTIAL_UPLOAD };
    if (error.code === 'upload/not-found') return {};
    if (error instanceof OffsetMismatchError) {
      return progressHeaders(this.#dialect, error.expectedOffset, false);
    }
    const limits = error.code === 'upload/too-large' ? limitHeaders(this.#dialect.version) : {};
    if (upload === undefined || (upload.isGone && !endsFile)) return limits;
    // With the whole file refused, the refusal is the upload route's own answer.
    const isOver = upload.isGone || upload.isFinished;
    return { ...limits, ...progressHeaders(this.#dialect, upload.durableByteCount, isOver) };
  }
}
