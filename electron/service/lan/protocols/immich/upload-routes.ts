import { Readable } from 'node:stream';

import { Router, type RequestHandler } from 'express';
import type { Logger } from 'pino';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../../../shared/receipt.ts';
import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { ResourceAnnouncement, StoredOutcome } from '../../../ingest/incoming-resource.ts';
import { authenticate } from '../../authenticate.ts';
import { byteCountField } from '../../body-length.ts';
import { answerJson, askForBody } from '../../early-answer.ts';
import type { OwnFiles } from '../../own-files.ts';
import { uploadFailure } from '../../upload-failure.ts';
import type { UploadSlots } from '../../upload-slots.ts';
import { watchBody } from '../../watch-body.ts';

import { keyOfBytes, parseSha1 } from './app-asset-id.ts';
import { announcementOfForm, lateAnnouncement } from './form-announcement.ts';
import { answerImmichProblem } from './immich-answer.ts';
import { UploadForm, type FormSidecar } from './upload-form.ts';

export interface FormUploadParts {
  readonly devices: Devices;
  readonly ownFiles: OwnFiles;
  /** @throws RoostError `library/missing` and the like. */
  readonly ingest: (announced?: ResourceAnnouncement) => Ingest;
  readonly slots: UploadSlots;
  /** Hears of each upload that ended well. */
  readonly onUploaded: (deviceId: string, receiptId: string) => void;
  readonly log: Logger;
}

/** `POST /api/assets`: one photo or video in a form, as every client of Immich sends it. */
export function formUploadRoutes(parts: FormUploadParts): Router {
  const router = Router({ caseSensitive: true });
  router.post('/api/assets', formUpload(parts));
  return router;
}

/** What clients read of a success: the file's own id, and whether it was here. */
export function uploadAnswer({ result, receipt }: StoredOutcome): {
  readonly status: number;
  readonly body: {
    readonly id: string;
    readonly status: 'created' | 'duplicate';
    readonly duplicate: boolean;
  };
} {
  return result === 'stored'
    ? { status: 201, body: { id: receipt.receiptId, status: 'created', duplicate: false } }
    : { status: 200, body: { id: receipt.receiptId, status: 'duplicate', duplicate: true } };
}

function formUpload({
  devices,
  ownFiles,
  ingest,
  slots,
  onUploaded,
  log,
}: FormUploadParts): RequestHandler {
  return async (request, response) => {
    let form: UploadForm | undefined;
    try {
      const device = authenticate(request, devices);
      const sha1 = checksumOf(request.headers['x-immich-checksum']);
      using _slot = slots.take(device.deviceId);
      using _watch = watchBody(request);
      form = new UploadForm(request);
      askForBody(request, response);
      const known = sha1 && (await ownFiles.standingBySha1(device.deviceId, sha1));
      const outcome = known
        ? await receiveKnown(form, device, known)
        : await receiveForm(form, device, sha1);
      const { status, body } = uploadAnswer(outcome);
      answerJson(request, response, status, {}, body, 'application/json');
      onUploaded(device.deviceId, body.id);
    } catch (error) {
      form?.stop();
      answerImmichProblem(request, response, uploadFailure(error, log), { isUpload: true });
    }
  };

  /** The bytes are here, so those that come are dropped; a sidecar beside them may be new. */
  async function receiveKnown(
    form: UploadForm,
    device: TrustedDevice,
    receipt: Receipt,
  ): Promise<StoredOutcome> {
    const { body, ...told } = await form.file;
    body.resume();
    await form.ended;
    const key = keyOfBytes(receipt.sha1 ?? receipt.sha256);
    const photo = {
      ...announcementOfForm(device, form.fields, told),
      ...lateAnnouncement(form.fields, told, key),
      digests: {},
    };
    if (form.sidecar) await receiveSidecar(form.sidecar, photo);
    return { result: 'repeated', receipt, assetId: receipt.assetId };
  }

  async function receiveForm(
    form: UploadForm,
    device: TrustedDevice,
    sha1: string | undefined,
  ): Promise<StoredOutcome> {
    const { body, ...told } = await form.file;
    const announced: ResourceAnnouncement = {
      ...announcementOfForm(device, form.fields, told),
      // A form's length says nothing of its file's, but some clients do.
      expectedByteCount: byteCountField(form.fields.get('fileSize')),
      digests: sha1 === undefined ? {} : { sha1 },
      wantsSha1: true,
    };
    let assetKey = announced.assetKey;
    const outcome = await ingest(announced).receive({
      ...announced,
      body,
      finish: async (digests) => {
        await form.ended;
        const movieKey = keyOfMovie(device, form.fields.get('livePhotoVideoId'));
        const key = movieKey ?? keyOfBytes(digests.sha1 ?? digests.sha256);
        const late = lateAnnouncement(form.fields, told, key);
        ({ assetKey } = late);
        return late;
      },
    });
    if (form.sidecar) await receiveSidecar(form.sidecar, { ...announced, assetKey });
    return outcome;
  }

  /** The movie of a Live Photo came before; its still is one asset with it. One that never came ties nothing. */
  function keyOfMovie(device: TrustedDevice, movieId: string | undefined): string | undefined {
    const movie = movieId === undefined ? undefined : ownFiles.byId(device.deviceId, movieId);
    return movie && keyOfBytes(movie.sha1);
  }

  /** Beside its photo. Where that fails all of it counts as failed: the photo is a cheap repeat then. */
  async function receiveSidecar(
    { fileName, bytes }: FormSidecar,
    photo: ResourceAnnouncement,
  ): Promise<void> {
    const name = fileName ?? `${photo.told.fileName ?? 'sidecar'}.xmp`;
    const sidecar: ResourceAnnouncement = {
      ...photo,
      resourceType: 'sidecar',
      told: { ...photo.told, fileName: name, contentType: 'application/rdf+xml' },
      expectedByteCount: bytes.byteLength,
      digests: {},
      wantsSha1: true,
    };
    await ingest(sidecar).receive({ ...sidecar, body: Readable.from([bytes]) });
  }
}

function checksumOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  const sha1 = parseSha1(header);
  if (sha1 === undefined) throw new RoostError('request/invalid', 'The checksum is no SHA-1.');
  return sha1;
}
