import type { RequestListener } from 'node:http';

import { lanApp } from './lan-app.ts';
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

export interface DeviceAppParts extends Omit<NativeParts, 'receiveUpload' | 'resumptionOffer'> {
  readonly ingest: ResumableParts['ingest'] & NativeParts['ingest'];
  readonly log: ResumableParts['log'];
  /** The built pages that a phone's browser gets. */
  readonly webUploadFolder: string;
}

/** Everything that devices can ask of this computer: each protocol in its routes. */
export function deviceApp(parts: DeviceAppParts): RequestListener {
  const { ingest, devices, log, webUploadFolder } = parts;
  const resumable: ResumableParts = {
    ingest,
    devices,
    slots: new UploadSlots(),
    answerOf: () => nativeAnswer,
    log,
  };
  const native = nativeRoutes({
    ...parts,
    receiveUpload: receiveUpload(resumable),
    resumptionOffer: RESUMPTION_OFFER,
  });
  return lanApp(
    [native, resumableRoutes(resumable), webUploadRoutes({ folder: webUploadFolder })],
    log,
  );
}
