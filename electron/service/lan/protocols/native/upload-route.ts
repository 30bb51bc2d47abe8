import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { HEADERS, uploadPath, type UploadAnswer } from '../../../../../shared/native-protocol.ts';
import { formatReprDigest } from '../../../../../shared/structured-field.ts';
import type { Devices } from '../../../devices/devices.ts';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { StoredOutcome } from '../../../ingest/incoming-resource.ts';
import { authenticate } from '../../authenticate.ts';
import { answerJson, askForBody } from '../../early-answer.ts';
import { answerUploadProblem } from '../../problem-answer.ts';
import type { UploadSlots } from '../../upload-slots.ts';
import { watchBody } from '../../watch-body.ts';

import { announcementOf } from './upload-request.ts';

/** What the preflight promises: any length up to a tebibyte. */
const MAX_RESOURCE_BYTES = 1024 ** 4;
export const UPLOAD_LIMIT = `min-size=0, max-size=${MAX_RESOURCE_BYTES}`;

export interface UploadRouteParts {
  readonly ingest: Ingest;
  readonly devices: Devices;
  readonly slots: UploadSlots;
  readonly log: Logger;
}

/**
 * `PUT` and `POST /v1/assets/{assetKey}/{resourceType}`: one resource, one request, raw body whatever its
 * `Content-Type`. No body parser may stand before this route.
 */
export function uploadRoute({
  ingest,
  devices,
  slots,
  log,
}: UploadRouteParts): RequestHandler<{ assetKey: string; resourceType: string }> {
  return async (request, response) => {
    try {
      const device = authenticate(request, devices);
      const { assetKey, resourceType } = request.params;
      const announced = announcementOf(device, assetKey, resourceType, request.headers);
      if ((announced.expectedByteCount ?? 0) > MAX_RESOURCE_BYTES) {
        throw new RoostError('upload/too-large');
      }
      const repeated = await ingest.recogniseEarly(announced);
      if (repeated) {
        answerOutcome(repeated);
        return;
      }
      using _slot = slots.take();
      using _watch = watchBody(request);
      answerOutcome(
        await ingest.receive({ ...announced, body: request, ownsChunks: true }, () => {
          askForBody(request, response);
        }),
      );

      function answerOutcome(outcome: StoredOutcome): void {
        const { receipt } = outcome;
        const answer: UploadAnswer = {
          result: outcome.result,
          receiptId: receipt.receiptId,
          assetId: outcome.assetId,
          byteCount: receipt.byteCount,
          sha256: receipt.sha256,
        };
        const headers = {
          [HEADERS.result]: answer.result,
          [HEADERS.receipt]: answer.receiptId,
          [HEADERS.asset]: answer.assetId,
          [HEADERS.reprDigest]: formatReprDigest(answer.sha256),
          location: uploadPath(assetKey, announced.resourceType),
          etag: `"${answer.sha256}"`,
        };
        answerJson(request, response, answer.result === 'stored' ? 201 : 200, headers, answer);
      }
    } catch (error) {
      const known =
        error instanceof RoostError
          ? error
          : new RoostError('service/failed', undefined, { cause: error });
      // Anybody on the network can cause refusals: they get a short line that a person must ask for.
      const { code } = known;
      if (code === 'service/failed') log.error({ err: known.cause ?? known }, 'upload failed');
      else if (/^(auth|request)\//.test(code)) log.debug({ code }, 'upload refused');
      else log.info({ code }, 'upload ended without a receipt');
      answerUploadProblem(request, response, known);
    }
  };
}
