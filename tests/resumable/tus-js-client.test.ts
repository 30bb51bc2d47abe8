import { Readable } from 'node:stream';

import { Upload } from 'tus-js-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { uploadPath } from '../../shared/native-protocol.ts';
import { CuttingProxy, type Cut } from '../support/cutting-proxy.ts';
import { SeededRandom } from '../support/seeded-random.ts';

import { fileOf, freshKey, ResumableLab } from './resumable-lab.ts';

const PROTOCOLS = ['tus-v1', 'ietf-draft-03', 'ietf-draft-05'] as const;
const ROUNDS = 4;
const BYTE_COUNT = 2_500_000;
const CUTS = 5;
const random = SeededRandom.fromEnvironment();

/** `protocol` is an option of the library that its types leave out. */
type UploadOptions = ConstructorParameters<typeof Upload>[1] & {
  readonly protocol: (typeof PROTOCOLS)[number];
};
type UploadSource = ConstructorParameters<typeof Upload>[0];

let lab: ResumableLab;

beforeAll(async () => {
  lab = await ResumableLab.start();
});

afterAll(async () => {
  process.stdout.write(`tus-js-client: ROOST_TEST_SEED=${random.seed}\n`);
  await lab[Symbol.asyncDispose]();
});

/** Cuts that together leave the last part of the file to a connection that lives. */
function cuts(count = CUTS): Cut[] {
  return Array.from({ length: count }, () => ({
    afterByteCount: random.integer(400, BYTE_COUNT / (count + 1)),
    how: random.oneOf(['close', 'reset'] as const),
  }));
}

function optionsFor(
  proxy: CuttingProxy,
  assetKey: string,
  more: Partial<UploadOptions> & Pick<UploadOptions, 'protocol'>,
): UploadOptions {
  return {
    endpoint: `${proxy.url}${uploadPath(assetKey, 'video')}`,
    headers: { authorization: `Bearer ${lab.token}` },
    retryDelays: Array.from({ length: 20 }, () => 0),
    metadata: { filename: 'IMG_0815.MOV', filetype: 'video/quicktime' },
    ...more,
  };
}

function ends(source: UploadSource, options: UploadOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    new Upload(source, {
      ...options,
      onSuccess: () => resolve(),
      onError: (error) => reject(error),
    }).start();
  });
}

async function expectHome(bytes: Uint8Array, assetKey: string): Promise<void> {
  expect(await lab.copiesOf(bytes)).toBe(1);
  const job = await lab.jobOf(assetKey);
  expect(job).toMatchObject({ state: 'stored', receivedByteCount: bytes.byteLength });
}

describe.each(PROTOCOLS)('tus-js-client, %s', (protocol) => {
  it.each(Array.from({ length: ROUNDS }, (_, round) => round))(
    'interrupted at random offsets and resumed, ends in the very same file (round %i)',
    async () => {
      const bytes = fileOf(BYTE_COUNT);
      const assetKey = freshKey();
      await using proxy = await CuttingProxy.before(lab.roost.lanUrl, cuts());
      await ends(bytes, optionsFor(proxy, assetKey, { protocol }));
      expect(proxy.cutCount).toBe(CUTS);
      await expectHome(bytes, assetKey);
      expect(await lab.jobOf(assetKey)).toMatchObject({ uploadCount: 1 });
    },
  );

  it('in pieces, with the first in the creation', async () => {
    const bytes = fileOf(BYTE_COUNT);
    const assetKey = freshKey();
    await using proxy = await CuttingProxy.before(lab.roost.lanUrl, cuts());
    const options = { protocol, chunkSize: 333_333, uploadDataDuringCreation: true };
    await ends(bytes, optionsFor(proxy, assetKey, options));
    await expectHome(bytes, assetKey);
  });

  it('whole in the creation, without a cut', async () => {
    const bytes = fileOf(BYTE_COUNT);
    const assetKey = freshKey();
    await using proxy = await CuttingProxy.before(lab.roost.lanUrl, []);
    await ends(bytes, optionsFor(proxy, assetKey, { protocol, uploadDataDuringCreation: true }));
    await expectHome(bytes, assetKey);
  });

  it('by POST in place of PATCH', async () => {
    const bytes = fileOf(BYTE_COUNT);
    const assetKey = freshKey();
    await using proxy = await CuttingProxy.before(lab.roost.lanUrl, cuts(2));
    await ends(bytes, optionsFor(proxy, assetKey, { protocol, overridePatchMethod: true }));
    await expectHome(bytes, assetKey);
  });

  it('stopped by its user and gone on with by another run', async () => {
    const bytes = fileOf(BYTE_COUNT);
    const assetKey = freshKey();
    await using proxy = await CuttingProxy.before(lab.roost.lanUrl, []);
    const stopAt = random.integer(1, BYTE_COUNT / 2);
    const uploadUrl = await new Promise<string>((resolve, reject) => {
      const upload = new Upload(bytes, {
        ...optionsFor(proxy, assetKey, { protocol, chunkSize: 200_000 }),
        onChunkComplete: (_, accepted) => {
          if (accepted < stopAt || upload.url === null) return;
          const { url } = upload;
          void upload.abort().then(() => resolve(url), reject);
        },
        onError: (error) => reject(error),
      });
      upload.start();
    });
    await ends(bytes, optionsFor(proxy, assetKey, { protocol, uploadUrl }));
    await expectHome(bytes, assetKey);
  });

  it('goes on after the service has started anew', async () => {
    const bytes = fileOf(BYTE_COUNT);
    const assetKey = freshKey();
    const created = await createdBy(protocol, bytes, assetKey);
    await lab.restart();
    await using proxy = await CuttingProxy.before(lab.roost.lanUrl, cuts(2));
    const uploadUrl = `${proxy.url}${new URL(created).pathname}`;
    await ends(bytes, optionsFor(proxy, assetKey, { protocol, uploadUrl }));
    await expectHome(bytes, assetKey);
  });
});

describe('tus-js-client, tus-v1', () => {
  it('with a length it does not know before its last piece', async () => {
    const bytes = fileOf(BYTE_COUNT);
    const assetKey = freshKey();
    await using proxy = await CuttingProxy.before(lab.roost.lanUrl, cuts(2));
    const source = Readable.from([bytes.subarray(0, 1_000_001), bytes.subarray(1_000_001)], {
      objectMode: false,
    });
    const options = { protocol: 'tus-v1', uploadLengthDeferred: true, chunkSize: 400_000 } as const;
    await ends(source, optionsFor(proxy, assetKey, options));
    await expectHome(bytes, assetKey);
  });

  it('ends what it began, and nothing is left', async () => {
    const bytes = fileOf(BYTE_COUNT);
    const staged = await lab.roost.stagedNames();
    const url = await createdBy('tus-v1', bytes, freshKey());
    await Upload.terminate(url, { headers: { authorization: `Bearer ${lab.token}` } });
    expect(await lab.roost.stagedNames()).toEqual(staged);
  });
});

/** Begins an upload and stops after its first piece; gives its address. */
async function createdBy(
  protocol: (typeof PROTOCOLS)[number],
  bytes: Buffer,
  assetKey: string,
): Promise<string> {
  await using proxy = await CuttingProxy.before(lab.roost.lanUrl, []);
  return await new Promise((resolve, reject) => {
    const upload = new Upload(bytes, {
      ...optionsFor(proxy, assetKey, { protocol, chunkSize: 100_000 }),
      onChunkComplete: () => {
        const path = new URL(upload.url ?? '').pathname;
        void upload.abort().then(() => resolve(`${lab.roost.lanUrl}${path}`), reject);
      },
      onError: (error) => reject(error),
    });
    upload.start();
  });
}
