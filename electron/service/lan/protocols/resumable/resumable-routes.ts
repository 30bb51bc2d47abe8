import type { IncomingMessage, ServerResponse } from 'node:http';

import { Router } from 'express';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { HEADERS } from '../../../../../shared/native-protocol.ts';
import type { ResumableUpload } from '../../../ingest/uploads/resumable-upload.ts';
import { authenticate } from '../../authenticate.ts';
import { answerJson } from '../../early-answer.ts';
import { answerProblem, answerUploadProblem } from '../../problem-answer.ts';
import { receivePlain } from '../../receive-plain.ts';
import { uploadFailure } from '../../upload-failure.ts';
import type { ReceiveUpload } from '../../upload-target.ts';

import { dialectNamed, dialectOf } from './dialect.ts';
import { uploadLimit } from './ietf-fields.ts';
import { IetfExchange, PARTIAL_UPLOAD } from './ietf-upload.ts';
import type { ResumableParts } from './resumable-parts.ts';
import { TUS_OFFER, TUS_VERSION } from './tus-fields.ts';
import { TusExchange } from './tus-upload.ts';
import { UPLOADS_PATH } from './upload-address.ts';

const UPLOAD_PATH = `${UPLOADS_PATH}/:uploadId`;
const METHODS = 'HEAD, GET, PATCH, DELETE, OPTIONS, POST';

/** What OPTIONS tells on every upload route: that uploads can be resumed, in which dialects, and how large. */
export const RESUMPTION_OFFER = {
  [HEADERS.uploadLimit]: uploadLimit('max-age'),
  'accept-patch': PARTIAL_UPLOAD,
  ...TUS_OFFER,
};

/** Receives what comes to an upload route: plain, or in the dialect of resumption that the request speaks. */
export function receiveUpload(parts: ResumableParts): ReceiveUpload {
  return async (request, response, target) => {
    const dialect = dialectOf(request.headers);
    if (dialect?.kind === 'ietf') {
      await new IetfExchange(parts, request, response, dialect).create(target);
    } else if (dialect && request.method === 'POST') {
      await new TusExchange(parts, request, response).create(target);
    } else await receivePlain(parts, request, response, target);
  };
}

/** The addresses of uploads that have begun: how far they came, the next bytes, the end. */
export function resumableRoutes(parts: ResumableParts): Router {
  const { devices, ingest, log } = parts;
  const router = Router({ caseSensitive: true });

  router.options(UPLOAD_PATH, (request, response) => {
    answerJson(request, response, 200, { ...RESUMPTION_OFFER, allow: METHODS }, {});
  });
  router.all<{ uploadId: string }>(UPLOAD_PATH, async (request, response) => {
    const { headers } = request;
    // Also where no upload is found whose exchange would say it.
    if (headers['tus-resumable'] !== undefined) {
      response.setHeader(HEADERS.tusResumable, TUS_VERSION);
    }
    try {
      const device = authenticate(request, devices);
      const work = workOf(methodOf(request));
      if (!work) {
        const refused = new RoostError('request/method-not-allowed');
        answerProblem(request, response, refused, { allow: METHODS });
        return;
      }
      const upload = await ingest().findUpload(request.params.uploadId, device.deviceId);
      await exchangeFor(request, response, upload)[work](upload);
    } catch (error) {
      answerUploadProblem(request, response, uploadFailure(error, log));
    }
  });
  return router;

  function exchangeFor(
    request: IncomingMessage,
    response: ServerResponse,
    upload: ResumableUpload,
  ): IetfExchange | TusExchange {
    const dialect = dialectOf(request.headers) ?? dialectNamed(upload.opened.dialect);
    return dialect.kind === 'tus'
      ? new TusExchange(parts, request, response)
      : new IetfExchange(parts, request, response, dialect);
  }
}

function workOf(method: string): 'tellOffset' | 'append' | 'cancel' | undefined {
  switch (method) {
    case 'HEAD':
    case 'GET':
      return 'tellOffset';
    case 'PATCH':
      return 'append';
    case 'DELETE':
      return 'cancel';
    default:
      return undefined;
  }
}

/** tus: where a client cannot send a method it sends POST and names the method in a field. */
function methodOf({ method = '', headers }: IncomingMessage): string {
  const told = headers['x-http-method-override'];
  return method === 'POST' && typeof told === 'string' ? told.toUpperCase() : method;
}
