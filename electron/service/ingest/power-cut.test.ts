import { cp, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, describe, expect, it } from 'vitest';

import { openCore, sha256Of, TABLET, upload, type Core } from '../../../tests/support/core-lab.ts';
import { SURVIVALS, type DiskImage } from '../../../tests/support/disk-history.ts';
import { ForgetfulFileSystem, writeImage } from '../../../tests/support/forgetful-file-system.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { expectWhole } from '../../../tests/support/whole-library.ts';
import { catalogPath } from '../catalog/open-catalog-for.ts';

import type { IncomingResource, StoredOutcome } from './incoming-resource.ts';

/** One upload that can be sent again and again. */
interface Sending {
  readonly chunks: readonly Buffer[];
  readonly change: Partial<IncomingResource>;
}

interface Answer {
  readonly sending: Sending;
  readonly outcome: StoredOutcome;
  /** How far the disk was when the answer came. */
  readonly moment: number;
}

interface Script {
  readonly name: string;
  readonly before: readonly Sending[];
  readonly sendings: readonly Sending[];
  readonly run: (send: (sending: Sending) => Promise<void>, clock: ManualClock) => Promise<void>;
}

function sending(change: Partial<IncomingResource>, ...chunks: (string | Buffer)[]): Sending {
  return { chunks: chunks.map((chunk) => Buffer.from(chunk)), change };
}

function incoming({ chunks, change }: Sending): IncomingResource {
  return upload('', { ...change, body: Readable.from(chunks) });
}

const FIRST = sending({}, 'the first photo');
/** Takes the name of the first, in two writes. */
const LARGE = sending({ assetKey: 'asset-2' }, Buffer.alloc(1_050_000, 1), Buffer.alloc(90_000, 2));
const ALIKE = sending({ assetKey: 'asset-3', deviceId: TABLET }, 'the first photo');
const SMALL = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) =>
  sending(
    {
      assetKey: `asset-${name}`,
      told: { fileName: 'IMG_1.HEIC', createdAt: Date.UTC(2019, at % 2, 4, 12) },
    },
    `small ${at % 5}`,
  ),
);

const inTurn =
  (sendings: readonly Sending[]): Script['run'] =>
  async (send) => {
    for (const each of sendings) await send(each);
  };

const SCRIPTS: readonly Script[] = [
  { name: 'first', before: [], sendings: [FIRST], run: inTurn([FIRST]) },
  { name: 'second', before: [FIRST], sendings: [LARGE], run: inTurn([LARGE]) },
  {
    name: 'alike',
    before: [],
    sendings: [FIRST, ALIKE],
    run: inTurn([FIRST, ALIKE, FIRST]),
  },
  {
    name: 'many',
    before: [FIRST],
    sendings: SMALL,
    run: async (send) => {
      await Promise.all(SMALL.map(send));
    },
  },
  {
    name: 'months',
    before: [FIRST],
    sendings: SMALL.slice(0, 2),
    run: async (send, clock) => {
      await send(SMALL[0]!);
      clock.advance(31 * 86_400_000);
      await send(SMALL[1]!);
    },
  },
];

let images = 0;
let points = 0;
afterAll(() => {
  process.stdout.write(`${points} points, ${images} images\n`);
});

describe.each(SCRIPTS)('$name', ({ before, sendings, run }) => {
  it('survives', { timeout: 600_000 }, async () => {
    await using temp = await tempFolder();
    const start = join(temp.path, 'start');
    await mkdir(join(start, 'disk'), { recursive: true });
    await mkdir(join(start, 'data'));
    if (before.length > 0) {
      await using core = await openCore({
        folder: join(start, 'disk'),
        dataFolder: join(start, 'data'),
      });
      for (const each of before) await core.ingest.receive(incoming(each));
    }
    const live = join(temp.path, 'live');
    await cp(start, live, { recursive: true });
    const files = await ForgetfulFileSystem.over(join(live, 'disk'));
    const answers: Answer[] = [];
    {
      const clock = new ManualClock();
      await using core = await openCore({
        folder: join(live, 'disk'),
        dataFolder: join(live, 'data'),
        files,
        clock,
      });
      await run(async (sending) => {
        const outcome = await core.ingest.receive(incoming(sending));
        answers.push({ sending, outcome, moment: files.moment });
      }, clock);
    }
    const seen = new Set<string>();
    for (let moment = files.moment; moment >= 0; moment--) {
      for (const survival of SURVIVALS) {
        const image = files.afterPowerCut(moment, survival);
        points += 1;
        const key = contentKey(image);
        if (seen.has(key)) continue;
        seen.add(key);
        images += 1;
        const context = `${survival} at ${moment}: ${files.lastBegunAt(moment)}`;
        await using folder = await tempFolder();
        await mkdir(join(folder.path, 'disk'));
        await writeImage(image, join(folder.path, 'disk'));
        await cp(join(start, 'data'), join(folder.path, 'data'), { recursive: true });
        await check(
          folder.path,
          sendings,
          answers.filter((each) => each.moment <= moment),
          context,
        );
      }
    }
  });
});

async function check(
  folder: string,
  sendings: readonly Sending[],
  answers: readonly Answer[],
  context: string,
): Promise<void> {
  const files = await ForgetfulFileSystem.over(join(folder, 'disk'));
  await using core = await openCore({
    folder: join(folder, 'disk'),
    dataFolder: join(folder, 'data'),
    files,
  });
  const receipts = await expectWhole(core.libraryFolder, context);
  for (const { outcome } of answers) {
    const found = receipts.find((each) => each.receiptId === outcome.receipt.receiptId);
    expect(found, context).toMatchObject({
      path: outcome.receipt.path,
      sha256: outcome.receipt.sha256,
    });
  }
  expect(await readdir(core.library.layout.stagingFolder), context).toEqual([]);
  for (const each of sendings) {
    const again = await core.ingest.receive(incoming(each));
    const wasAnswered = answers.some((answer) => answer.sending === each);
    if (wasAnswered) expect(again.result, context).toBe('repeated');
    expect(again.receipt.sha256, context).toBe(sha256Of(Buffer.concat(each.chunks)));
  }
  await expectWhole(core.libraryFolder, `sent again, ${context}`);
}

function contentKey(image: DiskImage): string {
  const parts = [...image.entries].map(([path, bytes]) => `${path} ${bytes && sha256Of(bytes)}`);
  return parts.sort().join('\n');
}
