import { Readable } from 'node:stream';

import { Router, type RequestHandler } from 'express';
import type { Logger } from 'pino';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import type { Receipt } from '../../../../../shared/receipt.ts';
import type { Devices, TrustedDevice } from '../../../devices/devices.ts';
import type { Ingest } from '../../../ingest/ingest.ts';
import type { ResourceAnnouncement, StoredOutcome } from '../../../ingest/incoming-resource.ts';
import { authenticate } from '../../authenticate.ts';
import { bodyLength, byteCountField, requireUnpacked } from '../../body-length.ts';
import { answerJson, askForBody } from '../../early-answer.ts';
import type { OwnFiles } from '../../own-files.ts';
import { uploadFailure } from '../../upload-failure.ts';
import type { UploadSlots } from '../../upload-slots.ts';
import { watchBody } from '../../watch-body.ts';

import { keyOfBytes, parseSha1 } from './app-asset-id.ts';
import { announcementOfForm, lateAnnouncement, type FormRequest } from './form-announcement.ts';
import { answerImmichProblem } from './immich-answer.ts';
import { LivePhotoKeys } from './live-photo-keys.ts';
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

/** What of it is used. */
type UsedParts = Omit<FormUploadParts, 'devices' | 'ownFiles'> & {
  readonly devices: Pick<Devices, 'trusted'>;
  readonly ownFiles: Pick<OwnFiles, 'byId' | 'holdKey' | 'isSentOtherwise' | 'standingBySha1'>;
};

/** `POST /api/assets`: one photo or video in a form, as every client of Immich sends it. */
export function formUploadRoutes(parts: UsedParts): Router {
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
}: UsedParts): RequestHandler {
  const keys = new LivePhotoKeys(ownFiles);
  return async (request, response) => {
    let form: UploadForm | undefined;
    try {
      const device = authenticate(request, devices);
      requireUnpacked(request.headers);
      const sha1 = checksumOf(request.headers['x-immich-checksum']);
      using _slot = slots.take(device.deviceId);
      using _watch = watchBody(request);
      form = new UploadForm(request);
      askForBody(request, response);
      const known = sha1 && (await ownFiles.standingBySha1(device.deviceId, sha1));
      const outcome = known
        ? await receiveKnown(form, device, known)
        : await receiveForm(form, device, { sha1, byteCount: bodyLength(request.headers) });
      const { status, body } = uploadAnswer(outcome);
      answerJson(request, response, status, {}, body, 'application/json');
      onUploaded(device.deviceId, body.id);
    } catch (error) {
      form?.stop();
      answerImmichProblem(request, response, uploadFailure(error, log), { isUpload: true });
    }
  };

  /**
   * The bytes are here, so those that come are dropped. Immich answers before they come; here a client that waits is
   * asked for them too: a sidecar behind them may be new, or be the one that could not be kept when the photo was.
   * Apps that know checksums ask for many at once beforehand, and send nothing then.
   */
  async function receiveKnown(
    form: UploadForm,
    device: TrustedDevice,
    receipt: Receipt,
  ): Promise<StoredOutcome> {
    const { body, ...told } = await form.file;
    body.resume();
    await form.ended;
    const late = lateAnnouncement(form.fields, told, keyOfBytes(receipt.sha1 ?? receipt.sha256));
    const photo = {
      deviceId: device.deviceId,
      deviceFolder: device.folder,
      ...late,
      // It may have come by another way, under a name of its own.
      assetKey: receipt.deviceId === device.deviceId ? receipt.assetKey : late.assetKey,
      digests: {},
    };
    if (form.sidecar) await receiveSidecar(form.sidecar, photo);
    return { result: 'repeated', receipt, assetId: receipt.assetId };
  }

  async function receiveForm(
    form: UploadForm,
    device: TrustedDevice,
    formRequest: FormRequest,
  ): Promise<StoredOutcome> {
    const { sha1 } = formRequest;
    const { body, ...told } = await form.file;
    const announced: ResourceAnnouncement = {
      ...announcementOfForm(device, form.fields, told, formRequest),
      // A form's length says nothing of its file's, but some clients do. That it is empty is believed at its end only.
      expectedByteCount: fileSizeOf(form) === 0 ? undefined : fileSizeOf(form),
      digests: sha1 === undefined ? {} : { sha1 },
      wantsSha1: true,
    };
    let photo = announced;
    using held = new DisposableStack();
    const outcome = await ingest(announced).receive({
      ...announced,
      body,
      finish: async (bytes) => {
        await form.ended;
        checkFileSize(form, bytes.byteCount);
        const { deviceId } = device;
        const movieId = form.fields.get('livePhotoVideoId');
        const announce = (key: string) => lateAnnouncement(form.fields, told, key);
        const late = await keys.choose({ deviceId, movieId, bytes, announce }, held);
        photo = { ...announced, ...late };
        return late;
      },
    });
    if (form.sidecar) await receiveSidecar(form.sidecar, photo);
    return outcome;
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

/** The field may stand behind the file, too. @throws RoostError `upload/length-mismatch`. */
function checkFileSize(form: UploadForm, byteCount: number): void {
  const told = fileSizeOf(form);
  if (told === undefined || told === byteCount) return;
  throw new RoostError('upload/length-mismatch', `${byteCount} bytes arrived instead of ${told}.`);
}

function fileSizeOf({ fields }: UploadForm): number | undefined {
  return byteCountField(fields.get('fileSize'));
}

function checksumOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined || header === '') return undefined;
  const sha1 = parseSha1(header);
  if (sha1 === undefined) throw new RoostError('request/invalid', 'The checksum is no SHA-1.');
  return sha1;
}
