import { createServer } from 'node:http';

import { expect, it } from 'vitest';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import { filePart, TIMES, type FormPart } from '../../../../../tests/immich/support/form-body.ts';
import { ImmichPhone } from '../../../../../tests/immich/support/immich-phone.ts';
import {
  journaledReceipts,
  openCore,
  PHONE,
  silentLog,
} from '../../../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../../../tests/support/temp-folder.ts';
import { listen } from '../../../listen.ts';
import { lanApp } from '../../lan-app.ts';
import { UploadSlots } from '../../upload-slots.ts';

import { formUploadRoutes } from './upload-routes.ts';

it('counts as failed where a sidecar cannot be kept, and the repeat brings it beside its photo', async () => {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await tempFolder());
  const core = stack.use(await openCore({ folder }));
  let isDiskFull = true;
  const uploaded: string[] = [];
  const routes = formUploadRoutes({
    devices: {
      trusted: () => ({ deviceId: PHONE, name: 'Phone', folder: 'Phone' }),
    },
    ownFiles: {
      byId: () => undefined,
      holdKey: () => Promise.resolve(new DisposableStack()),
      isSentOtherwise: () => false,
      standingBySha1: (deviceId, sha1) => core.ingest.findBySha1(deviceId, sha1),
    },
    ingest: (announced) => {
      if (isDiskFull && announced?.resourceType === 'sidecar') {
        throw new RoostError('library/disk-full');
      }
      return core.ingest;
    },
    slots: new UploadSlots(),
    onUploaded: (_, receiptId) => uploaded.push(receiptId),
    log: silentLog,
  });
  const server = createServer(lanApp([routes], silentLog));
  const port = await listen(server, { port: 0, host: '127.0.0.1' });
  stack.defer(() => {
    server.close();
    server.closeAllConnections();
  });
  const phone = new ImmichPhone(`http://127.0.0.1:${port}`, 'token');
  stack.defer(() => phone.close());

  const sidecar: FormPart = {
    name: 'sidecarData',
    fileName: 'IMG_1.xmp',
    bytes: Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'),
  };
  const parts = [filePart('IMG_1.JPG', Buffer.from('bytes of a photo')), sidecar, ...TIMES];
  const failed = await phone.upload(parts);
  expect(failed.status).toBe(500);
  expect(failed.headers['roost-error']).toBe('library/disk-full');
  expect(uploaded).toEqual([]);
  isDiskFull = false;
  const repeat = await phone.upload(parts);
  expect(repeat.status).toBe(200);
  const receipts = await journaledReceipts(core.libraryFolder);
  expect(receipts.map(({ resourceType }) => resourceType)).toEqual(['photo', 'sidecar']);
  expect(new Set(receipts.map(({ assetId }) => assetId)).size).toBe(1);
  expect(receipts[1]?.told).toMatchObject({
    fileName: 'IMG_1.xmp',
    createdAt: Date.parse('2026-05-01T12:30:00Z'),
  });
  expect(uploaded).toEqual([receipts[0]?.receiptId]);
});
