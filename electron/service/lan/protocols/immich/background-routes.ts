import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

import { Router } from 'express';
import type { Logger } from 'pino';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import type { ResourceAnnouncement } from '../../../ingest/incoming-resource.ts';
import { authenticate } from '../../authenticate.ts';
import { requireUnpacked } from '../../body-length.ts';
import { answerJson } from '../../early-answer.ts';
import { uploadFailure } from '../../upload-failure.ts';
import type { AnswerOf, ReceiveUpload } from '../../upload-target.ts';

import { isAloneInItsName, parseAppAssetId } from './app-asset-id.ts';
import { answerImmichProblem } from './immich-answer.ts';
import { isVideo } from './server-answers.ts';
import { toldByApp } from './told-by-app.ts';
import { uploadAnswer } from './upload-routes.ts';

/** Name of this way of uploading, as unfinished uploads remember it. */
export const IMMICH_BACKGROUND = 'immich-background';

const PATH = '/api/assets/background';
const METHODS = 'POST, OPTIONS';
/** Read by YAIIU's extension; it must be a UUID. */
const ASSET_ID_HEADER = 'x-yaiiu-immich-asset-id';

export interface BackgroundParts {
  readonly devices: Devices;
  readonly receiveUpload: ReceiveUpload;
  /** What OPTIONS tells on the route. */
  readonly resumptionOffer: OutgoingHttpHeaders;
  readonly log: Logger;
}

/**
 * `POST /api/assets/background`: the raw bytes of one resource, sent by iOS for YAIIU's extension, which reads nothing
 * of the answer but its header.
 */
export function backgroundRoutes({
  devices,
  receiveUpload,
  resumptionOffer,
  log,
}: BackgroundParts): Router {
  const router = Router({ caseSensitive: true });
  router.options(PATH, (request, response) => {
    answerJson(request, response, 200, { ...resumptionOffer, allow: METHODS }, {});
  });
  router.post(PATH, async (request, response) => {
    try {
      const device = authenticate(request, devices);
      requireUnpacked(request.headers);
      const query = new URL(request.url, 'http://roost').searchParams;
      const announced = announcementOfHeaders(device, request.headers, query);
      await receiveUpload(request, response, { protocol: IMMICH_BACKGROUND, announced });
    } catch (error) {
      answerImmichProblem(request, response, uploadFailure(error, log), { isUpload: true });
    }
  });
  router.all(PATH, (request, response) => {
    response.setHeader('allow', METHODS);
    answerImmichProblem(request, response, new RoostError('request/method-not-allowed'));
  });
  return router;
}

/** A success, as the extension and the proxy it was written for tell it. */
export const backgroundAnswer: AnswerOf = (_announced, outcome) => {
  const { status, body } = uploadAnswer(outcome);
  return {
    status,
    headers: { [ASSET_ID_HEADER]: body.id },
    body,
  };
};

/** Headers first; the same may stand in the query instead. */
function announcementOfHeaders(
  device: TrustedDevice,
  headers: IncomingHttpHeaders,
  query: URLSearchParams,
): ResourceAnnouncement {
  const value = (header: string, name: string): string | undefined => {
    const told = headers[header];
    const text = typeof told === 'string' ? asUtf8(told) : (query.get(name) ?? undefined);
    return text === '' ? undefined : text;
  };
  const told = toldByApp({
    fileName: value('x-filename', 'filename'),
    contentType: value('x-content-type', 'contentType') ?? headers['content-type'],
    fileCreatedAt: value('x-file-created-at', 'fileCreatedAt'),
    fileModifiedAt: value('x-file-modified-at', 'fileModifiedAt'),
    isFavorite: value('x-is-favorite', 'isFavorite'),
    iCloudId: value('x-icloud-id', 'iCloudId'),
    latitude: value('x-latitude', 'latitude'),
    longitude: value('x-longitude', 'longitude'),
    timeZoneOffset: value('x-timezone-offset', 'timezoneOffset'),
  });
  const assetId = value('x-device-asset-id', 'deviceAssetId');
  const named = parseAppAssetId(assetId, told.fileName);
  return {
    deviceId: device.deviceId,
    deviceFolder: device.folder,
    told,
    digests: {},
    repeatNeeds: named && isAloneInItsName(told.fileName) ? 'file-name' : 'bytes',
    wantsSha1: true,
    ...(named ?? {
      assetKey: (
        assetId ?? `raw:${told.fileName ?? ''}:${told.createdAt ?? ''}:${told.modifiedAt ?? ''}`
      ).slice(0, 1024),
      resourceType: isVideo(told.contentType, told.fileName) ? 'video' : 'photo',
    }),
  };
}

/** Node reads headers as Latin-1; names of files are sent in UTF-8. */
function asUtf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
