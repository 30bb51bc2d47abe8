import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

import { HEADERS, uploadPath, type UploadAnswer } from '../../../../../shared/native-protocol.ts';
import { formatReprDigest } from '../../../../../shared/structured-field.ts';
import type { Devices } from '../../../devices/devices.ts';
import { authenticate } from '../../authenticate.ts';
import { answerUploadProblem } from '../../problem-answer.ts';
import { uploadFailure } from '../../upload-failure.ts';
import type { AnswerOf, ReceiveUpload } from '../../upload-target.ts';

import { announcementOf } from './upload-request.ts';

/** Name of this protocol, as unfinished uploads remember it. */
export const NATIVE = 'native';

export interface UploadRouteParts {
  readonly devices: Devices;
  readonly receiveUpload: ReceiveUpload;
  readonly log: Logger;
}

/**
 * `PUT` and `POST /v1/assets/{assetKey}/{resourceType}`: one resource, raw body whatever its `Content-Type`. No body
 * parser may stand before this route.
 */
export function uploadRoute({
  devices,
  receiveUpload,
  log,
}: UploadRouteParts): RequestHandler<{ assetKey: string; resourceType: string }> {
  return async (request, response) => {
    try {
      const device = authenticate(request, devices);
      const { assetKey, resourceType } = request.params;
      const announced = announcementOf(device, assetKey, resourceType, request.headers);
      await receiveUpload(request, response, { protocol: NATIVE, announced });
    } catch (error) {
      answerUploadProblem(request, response, uploadFailure(error, log));
    }
  };
}

/** A success in the native protocol: everything in headers, and the same in a small JSON body. */
export const nativeAnswer: AnswerOf = ({ assetKey, resourceType }, outcome) => {
  const { receipt } = outcome;
  const body: UploadAnswer = {
    result: outcome.result,
    receiptId: receipt.receiptId,
    assetId: outcome.assetId,
    byteCount: receipt.byteCount,
    sha256: receipt.sha256,
  };
  const headers = {
    [HEADERS.result]: body.result,
    [HEADERS.receipt]: body.receiptId,
    [HEADERS.asset]: body.assetId,
    [HEADERS.reprDigest]: formatReprDigest(body.sha256),
    location: uploadPath(assetKey, resourceType),
    etag: `"${body.sha256}"`,
  };
  return { status: body.result === 'stored' ? 201 : 200, headers, body };
};
