import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

import { ScrubLab } from '../../../tests/support/scrub-lab.ts';

import { SCRUB_LIMITS } from './scrub-limits.ts';

const MIB = 1024 * 1024;
const DAY_MS = 24 * 60 * 60_000;

/** Small files cost what they cost; these tests are about their bytes. */
const BYTES_ONLY = { fileCostByteCount: 0, startRestMs: 0 };

describe('the order', () => {
  it('is that of the journal at first, then the longest unread first', async () => {
    await using lab = await ScrubLab.open();
    for (const text of ['a', 'b', 'c']) await lab.receive(text);
    lab.start();
    await lab.untilDone();
    expect(lab.readNames).toEqual(['001.HEIC', '002.HEIC', '003.HEIC']);

    lab.files.reads.length = 0;
    await lab.receive('d');
    await lab.pass(31 * DAY_MS);
    await lab.untilDone();
    expect(lab.readNames).toEqual(['004.HEIC', '001.HEIC', '002.HEIC', '003.HEIC', '004.HEIC']);
  });

  it('reads nothing again before its time, and everything when a person asks', async () => {
    await using lab = await ScrubLab.open();
    for (const text of ['a', 'b']) await lab.receive(text);
    const scrub = lab.start();
    await lab.untilDone();
    await lab.pass(29 * DAY_MS);
    expect(lab.readNames).toHaveLength(2);

    const askedAt = lab.clock.now();
    scrub.start();
    expect(scrub.status()).toMatchObject({ askedAt, sinceAt: askedAt, readCount: 0 });
    await lab.untilDone();
    expect(lab.readNames).toHaveLength(4);
    expect(scrub.status().askedAt).toBeUndefined();
    expect(scrub.status()).toMatchObject({ readCount: 2, originalCount: 2, unreadCount: 0 });
  });

  it('does nothing by itself when it is off, but for what a person asks for', async () => {
    await using lab = await ScrubLab.open();
    await lab.receive('a');
    lab.everyDays = 0;
    const scrub = lab.start();
    await lab.until(() => lab.activity === 'off');
    expect(lab.timers.nextDelayMs).toBeUndefined();
    scrub.start();
    await lab.until(() => lab.activity === 'off');
    expect(lab.readNames).toEqual(['001.HEIC']);
    lab.everyDays = 30;
    scrub.settingsChanged();
    await lab.untilDone();
    expect(scrub.status()).toMatchObject({ readCount: 1, everyDays: 30 });
  });
});

describe('how much it takes', () => {
  it('is at most the bytes a second that it may, also in small files', async () => {
    await using lab = await ScrubLab.open();
    for (let at = 0; at < 8; at += 1) await lab.receive(randomBytes(MIB));
    const limits = { ...BYTES_ONLY, bytesPerSecond: MIB, burstMs: 100 };
    const began = lab.clock.now();
    lab.start(limits);
    await lab.untilDone();
    const [first, last] = [lab.files.reads[0]!, lab.files.reads.at(-1)!];
    expect(last.at - first.at).toBeGreaterThanOrEqual(7000);
    expect(lab.clock.now() - began).toBeLessThanOrEqual(9000);

    await using small = await ScrubLab.open();
    for (let at = 0; at < 10; at += 1) await small.receive(`${at}`);
    small.start({ startRestMs: 0, bytesPerSecond: MIB, fileCostByteCount: MIB / 2 });
    const smallBegan = small.clock.now();
    await small.untilDone();
    expect(small.clock.now() - smallBegan).toBeGreaterThanOrEqual(4000);
  });

  it('begins some time after a start, reads for a while, and rests for longer', async () => {
    await using lab = await ScrubLab.open();
    for (let at = 0; at < 30; at += 1) await lab.receive(randomBytes(MIB));
    const began = lab.clock.now();
    const limits = { fileCostByteCount: 0, bytesPerSecond: MIB, sliceMs: 10_000, restMs: 60_000 };
    lab.start(limits);
    await lab.untilDone();
    expect(lab.files.reads[0]!.at - began).toBe(SCRUB_LIMITS.startRestMs);
    const slices: number[][] = [];
    let before = Number.NEGATIVE_INFINITY;
    for (const { at } of lab.files.reads) {
      if (at - before >= limits.restMs) slices.push([]);
      slices.at(-1)!.push(at);
      before = at;
    }
    expect(slices.length).toBeGreaterThanOrEqual(3);
    const partMs = 1000;
    for (const slice of slices) {
      expect(slice.at(-1)! - slice[0]!).toBeLessThanOrEqual(limits.sliceMs + partMs);
    }
    expect(lab.told.map(({ activity }) => activity.kind)).toContain('resting');
  });

  it('goes through a file that takes longer than it may read at once, and holds it open no longer', async () => {
    await using lab = await ScrubLab.open();
    await lab.receive(randomBytes(12 * MIB));
    let openWhileResting = 0;
    lab.files.beforeRead = () =>
      (openWhileResting = Math.max(openWhileResting, lab.files.openCount - 1));
    lab.start({ ...BYTES_ONLY, bytesPerSecond: MIB, sliceMs: 5_000, restMs: 60_000 });
    await lab.until(() => lab.activity === 'resting');
    expect(lab.files.openCount).toBe(0);
    await lab.untilDone();
    const positions = lab.files.reads.map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 13 }, (_, at) => at * MIB));
    expect(lab.totals).toMatchObject({ damagedCount: 0, unreadCount: 0 });
    expect(openWhileResting).toBe(0);
  });
});

describe('an upload', () => {
  it('makes it pause within one part of a file, and go on where it was after some quiet seconds', async () => {
    await using lab = await ScrubLab.open();
    await lab.receive(randomBytes(6 * MIB));
    lab.files.beforeRead = ({ position }) => {
      if (position === 2 * MIB) lab.liveUploadCount = 1;
    };
    lab.start(BYTES_ONLY);
    await lab.until(() => lab.activity === 'uploads');
    expect(lab.files.reads.at(-1)?.position).toBe(2 * MIB);
    expect(lab.files.openCount).toBe(0);
    await lab.pass(60_000);
    expect(lab.files.reads.at(-1)?.position).toBe(2 * MIB);

    lab.liveUploadCount = 0;
    const ended = lab.clock.now();
    await lab.untilDone();
    const goneOn = lab.files.reads.find(({ position }) => position === 3 * MIB)!;
    expect(goneOn.at - ended).toBeGreaterThanOrEqual(
      SCRUB_LIMITS.quietMs - SCRUB_LIMITS.uploadLookMs,
    );
    expect(lab.readNames).toEqual(['001.HEIC']);
    expect(lab.totals).toMatchObject({ damagedCount: 0, unreadCount: 0 });
  });

  it('in the middle of which a file was replaced makes it read that one from its beginning', async () => {
    await using lab = await ScrubLab.open();
    const bytes = randomBytes(4 * MIB);
    const receipt = await lab.receive(bytes);
    lab.files.beforeRead = ({ position }) => {
      if (position === MIB && lab.readNames.length === 1) lab.liveUploadCount = 1;
    };
    lab.start(BYTES_ONLY);
    await lab.until(() => lab.activity === 'uploads');
    await rename(lab.pathOf(receipt), `${lab.pathOf(receipt)}.old`);
    await lab.damage(receipt, bytes);
    lab.liveUploadCount = 0;
    await lab.untilDone();
    expect(lab.readNames).toEqual(['001.HEIC', '001.HEIC']);
    expect(lab.totals).toMatchObject({ damagedCount: 0, unreadCount: 0 });
  });
});

describe('a library that is away', () => {
  it('makes it wait, and nothing is called missing', async () => {
    await using lab = await ScrubLab.open();
    await lab.receive('a');
    const away = `${lab.core.libraryFolder}-away`;
    await rename(lab.core.libraryFolder, away);
    lab.start(BYTES_ONLY);
    await lab.until(() => lab.activity === 'library');
    await lab.pass(DAY_MS);
    expect(lab.totals).toMatchObject({ missingCount: 0, unreadCount: 1 });
    await rename(away, lab.core.libraryFolder);
    await lab.untilDone();
    expect(lab.totals).toMatchObject({ missingCount: 0, unreadCount: 0 });
  });

  it.each([
    ['just before a file is read', [true, false]],
    ['while it makes sure of what it found', [true, true, false]],
  ])('goes away %s and comes back, and nothing is called missing', async (_, present) => {
    await using lab = await ScrubLab.open();
    const receipt = await lab.receive('a');
    const path = lab.pathOf(receipt);
    await rename(path, `${path}-away`);
    const answers = [...present];
    lab.isLibraryPresent = async () => {
      const answer = answers.shift() ?? true;
      if (answers.length === 0) await rename(`${path}-away`, path).catch(() => undefined);
      return answer;
    };
    lab.start(BYTES_ONLY);
    await lab.untilDone();
    expect(lab.totals).toMatchObject({ missingCount: 0, damagedCount: 0, unreadCount: 0 });
    expect(lab.told.some(({ missingCount }) => missingCount > 0)).toBe(false);
    expect(lab.readNames).toHaveLength(1);
  });

  it('that fails for one look is no damage: a file is read twice before it is called missing', async () => {
    await using lab = await ScrubLab.open();
    const receipt = await lab.receive('a');
    const path = lab.pathOf(receipt);
    await rename(path, `${path}-away`);
    lab.isLibraryPresent = async () => {
      // Between the first look at the file and the second.
      if (lab.activity === 'reading') await rename(`${path}-away`, path).catch(() => undefined);
      return true;
    };
    lab.start(BYTES_ONLY);
    await lab.untilDone();
    expect(lab.totals).toMatchObject({ missingCount: 0, unreadCount: 0 });
  });
});

describe('a restart', () => {
  it('goes on with what was not read yet', async () => {
    await using lab = await ScrubLab.open();
    for (const text of ['a', 'b', 'c', 'd']) await lab.receive(text);
    const first = lab.start();
    await lab.until(() => lab.totals.unreadCount === 2);
    await first.close();
    lab.files.reads.length = 0;
    lab.start();
    await lab.untilDone();
    expect(lab.readNames).toEqual(['003.HEIC', '004.HEIC']);
  });

  it('goes on at once with a run that a person asked for', async () => {
    await using lab = await ScrubLab.open();
    for (const text of ['a', 'b', 'c']) await lab.receive(text);
    lab.everyDays = 0;
    const first = lab.start();
    first.start();
    const { askedAt } = first.status();
    await lab.until(() => lab.totals.unreadCount === 1);
    await first.close();
    const second = lab.start();
    expect(second.status()).toMatchObject({ askedAt, readCount: 2 });
    const again = lab.clock.now();
    await lab.until(() => lab.activity === 'off');
    expect(lab.clock.now() - again).toBeLessThan(SCRUB_LIMITS.startRestMs);
    expect(lab.totals.unreadCount).toBe(0);
  });

  it('in the middle of a file ends the reading within one part, and it counts as not read', async () => {
    await using lab = await ScrubLab.open();
    await lab.receive(randomBytes(5 * MIB));
    const scrub = lab.start(BYTES_ONLY);
    let closing: Promise<void> | undefined;
    lab.files.beforeRead = ({ position }) => {
      if (position === 2 * MIB) closing = scrub.close();
    };
    await lab.until(() => closing !== undefined);
    await closing;
    expect(lab.files.reads.at(-1)?.position).toBe(2 * MIB);
    expect(lab.files.openCount).toBe(0);
    expect(lab.totals).toMatchObject({ unreadCount: 1, damagedCount: 0 });
  });

  it('closes also while it rests, waits for an upload, or is off', async () => {
    for (const [everyDays, uploads] of [
      [30, 0],
      [30, 1],
      [0, 0],
    ] as const) {
      await using lab = await ScrubLab.open();
      await lab.receive('a');
      Object.assign(lab, { everyDays, liveUploadCount: uploads });
      const scrub = lab.start(uploads > 0 ? BYTES_ONLY : {});
      await lab.until(() => lab.timers.nextDelayMs !== undefined || lab.activity === 'off');
      await scrub.close();
      expect(lab.totals.unreadCount).toBe(1);
    }
  });
});

describe('a person', () => {
  it('stops a run, and the file in work is left for another time', async () => {
    await using lab = await ScrubLab.open();
    await lab.receive(randomBytes(5 * MIB));
    lab.everyDays = 0;
    const scrub = lab.start(BYTES_ONLY);
    scrub.start();
    lab.files.beforeRead = ({ position }) => {
      if (position === MIB) scrub.stop();
    };
    await lab.until(() => lab.activity === 'off');
    expect(scrub.status().askedAt).toBeUndefined();
    expect(lab.files.reads.at(-1)?.position).toBe(MIB);
    expect(lab.totals.unreadCount).toBe(1);
  });

  it('who stops it in the background makes it rest, not end', async () => {
    await using lab = await ScrubLab.open();
    await lab.receive(randomBytes(5 * MIB));
    const scrub = lab.start(BYTES_ONLY);
    lab.files.beforeRead = ({ position }) => {
      if (position === MIB && lab.readNames.length === 1) scrub.stop();
    };
    await lab.until(() => lab.activity === 'resting');
    await lab.untilDone();
    expect(lab.totals.unreadCount).toBe(0);
  });
});

it('lets a clock that was set back neither stop it nor make readings last for ever', async () => {
  await using lab = await ScrubLab.open();
  for (const text of ['a', 'b']) await lab.receive(text);
  lab.clock.advance(400 * DAY_MS);
  const wrong = lab.start();
  await lab.untilDone();
  await wrong.close();
  lab.clock.advance(-400 * DAY_MS);
  lab.files.reads.length = 0;
  lab.start();
  await lab.until(() => lab.activity === 'reading');
  lab.clock.advance(-10 * DAY_MS);
  await lab.untilDone();
  expect([...new Set(lab.readNames)].sort()).toEqual(['001.HEIC', '002.HEIC']);
});

it('tries again after something else went wrong, and lets nobody else suffer from it', async () => {
  await using lab = await ScrubLab.open();
  const receipt = await lab.receive('a');
  const { catalog } = lab.core;
  catalog.run(
    "CREATE TEMP TRIGGER full BEFORE UPDATE ON readings BEGIN SELECT RAISE(FAIL, 'full'); END",
  );
  const scrub = lab.start(BYTES_ONLY);
  await lab.until(() => lab.readNames.length === 1);
  await lab.until(() => lab.activity === 'resting');
  scrub.note(receipt, { kind: 'good' });
  await scrub.checkAgain(receipt.receiptId);
  await lab.until(() => !scrub.isChecking(receipt.receiptId));
  expect(lab.totals.unreadCount).toBe(1);
  catalog.run('DROP TRIGGER full');
  await lab.untilDone();
  expect(lab.totals.unreadCount).toBe(0);
});
