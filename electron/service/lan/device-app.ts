import type { RequestListener, Server } from 'node:http';

import { lanApp, requestError } from './lan-app.ts';
import { backgroundAnswer, IMMICH_BACKGROUND } from './protocols/immich/background-routes.ts';
import { immichRoutes, type ImmichParts } from './protocols/immich/immich-routes.ts';
import { LIVE_HINTS_PATH, LiveHints } from './protocols/immich/live-hints.ts';
import { nativeRoutes, type NativeParts } from './protocols/native/native-routes.ts';
import { nativeAnswer } from './protocols/native/upload-route.ts';
import type { ResumableParts } from './protocols/resumable/resumable-parts.ts';
import {
  receiveUpload,
  resumableRoutes,
  RESUMPTION_OFFER,
} from './protocols/resumable/resumable-routes.ts';
import { UploadSlots } from './upload-slots.ts';
import { webUploadRoutes } from './protocols/web-upload/web-upload-routes.ts';

/** What the adapter for Immich's apps needs of the rest, besides what all need. */
export type ImmichAppParts = Pick<
  ImmichParts,
  | 'ownFiles'
  | 'checkpoints'
  | 'loginNameOf'
  | 'disk'
  | 'setFavourite'
  | 'keepMetadata'
  | 'sendThumbnail'
  | 'sendOriginal'
>;

export interface DeviceAppParts extends Omit<NativeParts, 'receiveUpload' | 'resumptionOffer'> {
  readonly ingest: ResumableParts['ingest'] & NativeParts['ingest'];
  readonly log: ResumableParts['log'];
  readonly immich: ImmichAppParts;
  /** The built pages that a phone's browser gets. */
  readonly webUploadFolder: string;
}

/** What devices are answered with. */
export interface DeviceApp {
  readonly answer: RequestListener;
  /** Takes what is more than requests and answers, on the server that `answer` is for. */
  readonly attach: (server: Server) => void;
  readonly takesUpgrade: (url: string) => boolean;
  close(): void;
}

/** Everything that devices can ask of this computer: each protocol in its routes. */
export function deviceApp(parts: DeviceAppParts): DeviceApp {
  const { ingest, devices, log, webUploadFolder, server } = parts;
  const slots = new UploadSlots();
  const resumable: ResumableParts = {
    ingest,
    devices,
    slots,
    answerOf: (protocol) => (protocol === IMMICH_BACKGROUND ? backgroundAnswer : nativeAnswer),
    log,
  };
  const uploads = {
    receiveUpload: receiveUpload(resumable),
    resumptionOffer: RESUMPTION_OFFER,
  };
  const native = nativeRoutes({ ...parts, ...uploads });
  const hints = new LiveHints({ devices, log });
  const immich = immichRoutes({
    onUploaded: (deviceId, receiptId) =>
      hints.uploaded(deviceId, parts.immich.ownFiles.byId(deviceId, receiptId)),
    ...{ ingest, devices, slots, log, server, requestError },
    ...uploads,
    ...parts.immich,
  });
  const webUpload = webUploadRoutes({ folder: webUploadFolder });
  return {
    answer: lanApp([native, resumableRoutes(resumable), immich, webUpload], log),
    attach: (server) => hints.attach(server),
    takesUpgrade: (url) => url.startsWith(LIVE_HINTS_PATH),
    close: () => hints.close(),
  };
}
