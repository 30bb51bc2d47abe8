import type { Core } from './core-lab.ts';
import type { PatientPhone } from './patient-phone.ts';

/** One way of a photo that takes several requests. */
export interface ResumedScript {
  readonly name: string;
  readonly bytes: Buffer;
  /** What an earlier run of the service did of it. */
  readonly before?: (phone: PatientPhone, core: Core) => Promise<void>;
  readonly run: (phone: PatientPhone, core: Core) => Promise<void>;
}

/** More than one write has room for, and the connection breaks in the second. */
const LARGE = Buffer.concat([Buffer.alloc(1_050_000, 1), Buffer.alloc(90_000, 2)]);
const LARGE_CUT = 1_080_000;

const SMALL = Buffer.from('a small photo that comes in parts');
const SMALL_CUT = 13;

export const RESUMED_SCRIPTS: readonly ResumedScript[] = [
  {
    name: 'a photo that breaks off and is gone on with',
    bytes: LARGE,
    run: async (phone, core) => {
      await phone.begin(core);
      await phone.breakOffAt(core, LARGE_CUT);
      await phone.ask(core);
      await phone.end(core);
      await phone.end(core);
    },
  },
  {
    name: 'a photo that the next run goes on with, after another break',
    bytes: LARGE,
    before: async (phone, core) => {
      await phone.begin(core);
      await phone.breakOffAt(core, LARGE_CUT - 10_000);
      await phone.ask(core);
    },
    run: async (phone, core) => {
      await phone.breakOffAt(core, LARGE_CUT);
      await phone.ask(core);
      await phone.end(core);
      await phone.end(core);
    },
  },
  {
    name: 'a photo asked for before its first byte, of which a part is not what its digest says',
    bytes: SMALL,
    run: async (phone, core) => {
      await phone.begin(core);
      await phone.ask(core);
      await phone.sendPart(core, SMALL_CUT, true);
      await phone.sendPart(core, SMALL.byteLength, false);
      await phone.ask(core);
      await phone.end(core);
    },
  },
  {
    name: 'a photo that is cancelled',
    bytes: SMALL,
    run: async (phone, core) => {
      await phone.begin(core);
      await phone.breakOffAt(core, SMALL_CUT);
      await phone.ask(core);
      await phone.cancel(core);
    },
  },
];
