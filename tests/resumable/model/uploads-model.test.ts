import fc from 'fast-check';
import { expect, it } from 'vitest';

import { INTEROP_VERSIONS } from '../../support/resuming-phone.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { triesAll } from '../../support/operations-to-try.ts';

import { RealRoost } from './real-roost.ts';
import {
  Append,
  AppendElsewhere,
  Ask,
  Cancel,
  Crash,
  Create,
  finishAll,
  Repeat,
  Replay,
  Restart,
  type UploadCommand,
} from './upload-commands.ts';
import { UploadsModel } from './upload-model.ts';

const RUNS = triesAll ? 12 : 6;
const MAX_COMMANDS = 40;

const choice = fc.nat({ max: 20 });
const permille = fc.oneof(fc.nat({ max: 1000 }), fc.constantFrom(0, 1, 999, 1000));
const ending = fc.constantFrom(
  'whole',
  'whole',
  'closed',
  'reset',
  'silent',
  'answer-lost' as const,
);
const dialect = fc.constantFrom('tus' as const, 'tus' as const, ...INTEROP_VERSIONS);
const byteCount = fc.oneof(fc.integer({ min: 1, max: 50_000 }), fc.constantFrom(1, 2, 400_000));

const create = fc
  .tuple(dialect, byteCount, permille, ending)
  .map(([spoken, size, first, end]) => new Create(spoken, size, first, end));
const append = fc
  .tuple(choice, permille, fc.boolean(), ending)
  .map(([which, part, isLast, end]) => new Append(which, part, isLast, end));

const commands: fc.Arbitrary<UploadCommand>[] = [
  create,
  create,
  append,
  append,
  append,
  fc.tuple(choice, fc.nat({ max: 60_000 })).map(([which, at]) => new AppendElsewhere(which, at)),
  choice.map((which) => new Ask(which)),
  choice.map((which) => new Cancel(which)),
  choice.map((which) => new Replay(which)),
  choice.map((which) => new Repeat(which)),
  fc.constant(new Crash()),
  fc.constant(new Restart()),
];

it(
  'keeps what it told, stores what is whole and shows nothing else, whatever order things happen in',
  { timeout: 900_000 },
  async () => {
    const { seed } = SeededRandom.fromEnvironment();
    let runCount = 0;
    let commandCount = 0;
    let uploadCount = 0;
    let storedCount = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.commands(commands, { maxCommands: MAX_COMMANDS, size: 'max' }),
        async (all) => {
          // Known before the end, in case that never comes.
          runCount += 1;
          process.stdout.write(`model: ROOST_TEST_SEED=${seed}, run ${runCount} of ${RUNS}\n`);
          await using real = await RealRoost.start();
          const model = new UploadsModel();
          await fc.asyncModelRun(() => ({ model, real }), all);
          await finishAll(model, real);
          commandCount += [...all].length;
          uploadCount += model.uploads.length;
          storedCount += model.uploads.filter(
            ({ state }) => state === 'stored' || state === 'forgotten',
          ).length;
        },
      ),
      // A smaller example would need hundreds of services to be started.
      { seed, numRuns: RUNS, endOnFailure: true },
    );
    expect(storedCount).toBeGreaterThan(RUNS);
    process.stdout.write(
      `model: ROOST_TEST_SEED=${seed}, ${RUNS} runs, ${commandCount} commands, ${uploadCount} uploads, ${storedCount} stored\n`,
    );
  },
);
