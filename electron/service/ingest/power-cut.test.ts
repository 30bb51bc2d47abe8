import { Readable } from 'node:stream';

import { afterAll, describe, expect, it } from 'vitest';

import { sha256Of, TABLET } from '../../../tests/support/core-lab.ts';
import { CrashingFileSystem } from '../../../tests/support/crashing-file-system.ts';
import { SURVIVALS } from '../../../tests/support/disk-history.ts';
import { FaultyFileSystem, type Reach } from '../../../tests/support/faulty-file-system.ts';
import { operationsToTry } from '../../../tests/support/operations-to-try.ts';
import {
  PowerCutLab,
  sending,
  type Script,
  type Sender,
  type Sending,
} from '../../../tests/support/power-cut-lab.ts';
import { tempFolderInMemory } from '../../../tests/support/temp-folder.ts';

/** Past any number of operations that a script takes. */
const MOST_OPERATIONS = 250;

const REACHES: readonly Reach[] = ['nothing', 'half', 'all'];

const FIRST = sending({}, 'the first photo');
/** Meets a name that is taken, and comes in two writes. */
const LARGE = sending({ assetKey: 'large' }, Buffer.alloc(1_050_000, 1), Buffer.alloc(90_000, 2));
/** The same bytes from another device. */
const ALIKE = sending({ assetKey: 'alike', deviceId: TABLET }, 'the first photo');
/** Four that want one name, two of them with the same bytes, in two months. */
const MANY = ['a', 'b', 'c', 'a'].map((bytes, at) =>
  sending(
    {
      assetKey: `many-${at}`,
      told: { fileName: 'IMG_1.HEIC', createdAt: Date.UTC(2019, at % 2, 4, 12) },
    },
    bytes,
  ),
);
const [ONE, OTHER] = [sending({ assetKey: 'one' }, 'one'), sending({ assetKey: 'other' }, 'other')];

async function inTurn({ send }: Sender, sendings: readonly Sending[]): Promise<void> {
  for (const each of sendings) await send(each);
}

async function atOnce({ send }: Sender, sendings: readonly Sending[]): Promise<void> {
  await Promise.all(sendings.map(send));
}

const SCRIPTS: readonly Script[] = [
  {
    name: 'a new library and its first photo',
    before: [],
    sendings: [FIRST],
    run: (sender) => inTurn(sender, [FIRST]),
  },
  {
    name: 'a large photo whose name is taken',
    before: [FIRST],
    sendings: [LARGE],
    run: (sender) => inTurn(sender, [LARGE]),
  },
  {
    name: 'a photo, the same from another device, and the first again',
    before: [],
    sendings: [FIRST, ALIKE],
    run: (sender) => inTurn(sender, [FIRST, ALIKE, FIRST]),
  },
  {
    name: 'four photos at once, into new folders',
    before: [FIRST],
    sendings: MANY,
    run: (sender) => atOnce(sender, MANY),
  },
  {
    name: 'two photos at once while the month ends',
    before: [FIRST],
    sendings: [ONE, OTHER],
    run: async (sender) => {
      const one = sender.send(ONE);
      for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
      sender.clock.advance(31 * 86_400_000);
      await Promise.all([one, sender.send(OTHER)]);
    },
  },
  {
    name: 'a photo between two that come broken',
    before: [FIRST],
    sendings: [ONE],
    run: async ({ send }) => {
      const wrong = sending({ assetKey: 'wrong', digests: { sha256: sha256Of('other') } }, 'wrong');
      await expect(send(wrong)).rejects.toMatchObject({ code: 'upload/digest-mismatch' });
      const body = Readable.from(
        (function* () {
          yield Buffer.from('half');
          throw new Error('the connection broke');
        })(),
      );
      const [, broken] = await Promise.all([
        send(ONE),
        send(sending({ assetKey: 'broken', body }, 'half')).catch((error: unknown) => error),
      ]);
      expect(broken).toMatchObject({ code: 'upload/interrupted' });
    },
  },
  {
    name: 'a photo on a disk without hard links',
    before: [FIRST],
    sendings: [ONE],
    run: (sender) => inTurn(sender, [ONE]),
    diskOf: (files) => new Linkless(undefined, files),
  },
];

/** Every way of an upload in few operations, for what is done anew for each of them. */
const SHORT: Script = {
  name: 'a new library, its first photo, and two at once of which one is alike',
  before: [],
  sendings: [FIRST, ALIKE, ONE],
  run: async (sender) => {
    await inTurn(sender, [FIRST]);
    await atOnce(sender, [ALIKE, ONE]);
  },
};

const tried = { operations: 0, moments: 0, images: 0, nested: 0, kills: 0, faults: 0 };
afterAll(() => {
  const { operations, moments, images, nested, kills, faults } = tried;
  process.stdout.write(
    `power cuts: ${operations} operations, ${moments} moments, ${SURVIVALS.length} ways to survive each: ` +
      `${images} different disks, ${nested} of cuts during the start after a cut; ` +
      `after ${kills} kills, after ${faults} failed operations\n`,
  );
});

describe.each(SCRIPTS)('power cuts during $name', (script) => {
  it('leave every answered upload and nothing else, also when the next start is cut', async () => {
    await using start = await tempFolderInMemory();
    await PowerCutLab.prepare(start.path, script);
    await using lab = await PowerCutLab.begin(start.path, script);
    const { core, error } = await lab.run();
    expect(error).toBeUndefined();
    await core?.[Symbol.asyncDispose]();
    expect(lab.answers.length).toBeGreaterThanOrEqual(script.sendings.length);
    tried.operations += lab.files.operationCount;
    tried.moments += lab.files.moment + 1;
    const settled = new Set<string>();
    for (const cut of lab.cuts(SURVIVALS)) {
      const start = await lab.expectSafe(cut);
      tried.images += 1;
      if (settled.has(start.kind)) continue;
      settled.add(start.kind);
      for (const each of start.cuts()) {
        await lab.expectSafe(each);
        tried.nested += 1;
      }
    }
  }, 600_000);
});

it('a power cut after a kill takes nothing that the next start answered for', async () => {
  await using start = await tempFolderInMemory();
  await PowerCutLab.prepare(start.path, SHORT);
  for (const at of operationsToTry(1, MOST_OPERATIONS)) {
    await using lab = await PowerCutLab.begin(start.path, SHORT, at);
    const reach = REACHES[at % 3]!;
    const crashing = new CrashingFileSystem({ at, code: 'EKILLED', reach }, lab.files);
    const killed = await lab.run(crashing);
    await killed.core?.[Symbol.asyncDispose]();
    await crashing.abandon();
    if (!crashing.hasCrashed) break;
    tried.kills += 1;
    const { core, error } = await lab.run();
    expect(error, `killed at ${crashing.failed}`).toBeUndefined();
    const settledAt = lab.files.moment;
    await core?.[Symbol.asyncDispose]();
    for (const cut of lab.cuts(['strict', 'random'], settledAt, settledAt, at)) {
      await lab.expectSafe({ ...cut, context: `killed at ${crashing.failed}, ${cut.context}` });
    }
  }
}, 600_000);

it('a power cut after a failed operation takes nothing that was answered for', async () => {
  await using start = await tempFolderInMemory();
  await PowerCutLab.prepare(start.path, SHORT);
  for (const at of operationsToTry(1, MOST_OPERATIONS)) {
    await using lab = await PowerCutLab.begin(start.path, SHORT, at);
    const faulty = new FaultyFileSystem({ at, code: 'EIO', reach: REACHES[at % 3]! }, lab.files);
    const first = await lab.run(faulty);
    if (faulty.failed === undefined) break;
    tried.faults += 1;
    const failedAt = lab.files.moment;
    const { core = (await lab.run()).core } = first;
    for (const each of SHORT.sendings) await lab.send(core!, each);
    const settledAt = lab.files.moment;
    await core?.[Symbol.asyncDispose]();
    for (const moment of [failedAt, settledAt]) {
      for (const cut of lab.cuts(['strict', 'random'], moment, moment, at)) {
        await lab.expectSafe({ ...cut, context: `failed ${faulty.failed}, ${cut.context}` });
      }
    }
  }
}, 600_000);

class Linkless extends FaultyFileSystem {
  override link(): Promise<void> {
    return Promise.reject(Object.assign(new Error('made by a test'), { code: 'EPERM' }));
  }
}
