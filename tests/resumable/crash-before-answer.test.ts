import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { sha256Of } from '../support/fake-phone.ts';
import { ResumingPhone } from '../support/resuming-phone.ts';
import { ServiceInTest } from '../support/service-in-test.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { TusPhone } from '../support/tus-phone.ts';

import { fileOf } from './resumable-lab.ts';

const SILENT_DECODER = join(import.meta.dirname, '../support/silent-decoder.ts');
const BYTE_COUNT = 400_000;

interface Crashed extends AsyncDisposable {
  readonly roost: ServiceInTest;
  readonly url: string;
}

/** What the disk holds while a service is between the last byte of a file and its receipt: as a crash leaves it. */
let snapshot: AsyncDisposable & { readonly path: string };
let token: string;
let uploadPath: string;
const bytes = fileOf(BYTE_COUNT);

beforeAll(async () => {
  snapshot = await tempFolder();
  await using running = await tempFolder();
  const options = { folder: running.path, decoderEntry: SILENT_DECODER };
  await using roost = await ServiceInTest.start(options);
  ({ token } = await roost.phone());
  const tus = new TusPhone(roost.lanUrl, token);
  const created = await tus.create('crashed', { 'upload-length': BYTE_COUNT });
  uploadPath = new URL(String(created.headers.location)).pathname;
  const ending = tus.append(uploadPath, 0, bytes);
  await vi.waitUntil(async () => {
    const { jobs } = await roost.window.call('jobs.list', {});
    return jobs[0]?.state === 'proving';
  }, 10_000);
  await cp(running.path, snapshot.path, { recursive: true });
  await ending;
});

afterAll(async () => {
  await snapshot[Symbol.asyncDispose]();
});

/** A service that starts after the crash. */
async function startedAfterCrash(): Promise<Crashed> {
  await using stack = new AsyncDisposableStack();
  const { path: folder } = stack.use(await tempFolder());
  await cp(snapshot.path, folder, { recursive: true });
  const roost = stack.use(await ServiceInTest.start({ folder }));
  expect(await roost.originals()).toEqual([]);
  const moved = stack.move();
  return {
    roost,
    url: `${roost.lanUrl}${uploadPath}`,
    [Symbol.asyncDispose]: () => moved.disposeAsync(),
  };
}

async function isHome({ roost }: Crashed): Promise<boolean> {
  for (const path of await roost.originals()) {
    if (sha256Of(await roost.read(path)) === sha256Of(bytes)) return true;
  }
  return false;
}

/** "Never claim a photo is safe when it is not": to tus, an offset that equals the length is that claim. */
describe('after a crash between the last byte of a file and its receipt', () => {
  it('tus is told that every byte is there only when the file is in the library', async () => {
    await using crashed = await startedAfterCrash();
    const tus = new TusPhone(crashed.roost.lanUrl, token);
    const head = await tus.send('HEAD', crashed.url);
    if (head.headers['upload-offset'] === String(BYTE_COUNT)) {
      expect(await isHome(crashed)).toBe(true);
    }
    const offset = Number(head.headers['upload-offset'] ?? 0);
    if (head.status === 200 && offset < BYTE_COUNT) {
      await tus.append(crashed.url, offset, bytes.subarray(offset));
      expect(await isHome(crashed)).toBe(true);
    }
  });

  it.each(['tus-v1', 'ietf-draft-03', 'ietf-draft-05'] as const)(
    'tus-js-client (%s) says that it is done only when the file is in the library',
    async (protocol) => {
      await using crashed = await startedAfterCrash();
      await new Promise<void>((resolve, reject) => {
        new Upload(bytes, {
          protocol,
          uploadUrl: crashed.url,
          headers: { authorization: `Bearer ${token}` },
          onSuccess: () => resolve(),
          onError: (error: Error) => reject(error),
        } as ConstructorParameters<typeof Upload>[1]).start();
      });
      expect(await isHome(crashed)).toBe(true);
    },
  );

  it('an IETF client that asks for the end gets it', async () => {
    await using crashed = await startedAfterCrash();
    const phone = new ResumingPhone(crashed.roost.lanUrl, token, 8);
    const answer = await phone.finish(crashed.url, bytes);
    expect(answer.headers['roost-result']).toBe('stored');
    expect(await isHome(crashed)).toBe(true);
  });
});
