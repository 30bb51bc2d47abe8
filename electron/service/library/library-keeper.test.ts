import { expect, it, vi } from 'vitest';

import { silentLog } from '../../../tests/support/core-lab.ts';
import { ManualClock } from '../../../tests/support/manual-clock.ts';
import { ManualTimers } from '../../../tests/support/manual-timers.ts';
import { RoostError, type ErrorCode } from '../../../shared/error-catalogue.ts';

import { LibraryKeeper, LOOK_EVERY_MS, type LibrarySession } from './library-keeper.ts';
import type { LibraryLook } from './library-presence.ts';

const RESERVE = 100;

class FakeSession implements LibrarySession {
  next: LibraryLook = 'as-left';
  free = 1_000;
  closedWith: { code: ErrorCode; graceMs: number } | undefined;
  closing: Promise<void> = Promise.resolve();

  look(): Promise<LibraryLook> {
    return Promise.resolve(this.next);
  }

  freeByteCount(): Promise<number> {
    return Promise.resolve(this.free);
  }

  async close({ code }: RoostError, graceMs: number): Promise<void> {
    this.closedWith = { code, graceMs };
    await this.closing;
  }
}

/** A keeper over a library that opens, or does not, as the test says. */
class Lab {
  readonly sessions: FakeSession[] = [];
  readonly told: string[] = [];
  readonly timers = new ManualTimers(new ManualClock());
  reserve = RESERVE;
  obstacle: ErrorCode | undefined;
  obstacleWhenFound: ErrorCode | undefined;
  opening: Promise<void> = Promise.resolve();
  readonly keeper = new LibraryKeeper<FakeSession>({
    open: async (onFound) => {
      if (this.obstacle) throw new RoostError(this.obstacle);
      onFound();
      await this.opening;
      if (this.obstacleWhenFound) throw new RoostError(this.obstacleWhenFound);
      const session = new FakeSession();
      this.sessions.push(session);
      return session;
    },
    reservedFreeByteCount: () => this.reserve,
    timers: this.timers,
    onChange: ({ state, problem }) => this.told.push(`${state} ${problem?.code ?? ''}`.trim()),
    log: silentLog,
  });

  get session(): FakeSession {
    return this.sessions.at(-1)!;
  }

  /** One look, to its end. */
  async look(): Promise<void> {
    this.timers.advance(LOOK_EVERY_MS);
    await vi.waitUntil(() => this.timers.nextDelayMs !== undefined);
  }

  get refusal(): ErrorCode | undefined {
    try {
      const { next: _ } = this.keeper.session;
      return undefined;
    } catch (error) {
      return (error as RoostError).code;
    }
  }
}

it('opens what is there at once, and looks after it every two seconds', async () => {
  const lab = new Lab();
  await lab.keeper.start();
  expect(lab.keeper.session).toBe(lab.session);
  expect(lab.keeper.status).toMatchObject({ state: 'ready', freeByteCount: 1_000 });
  expect(lab.timers.nextDelayMs).toBe(LOOK_EVERY_MS);
  await lab.look();
  await lab.look();
  expect(lab.sessions).toHaveLength(1);
  expect(lab.told).toEqual(['ready']);
});

it('waits for a library that is away, saying so once, and opens it when it is there', async () => {
  const lab = new Lab();
  lab.obstacle = 'library/missing';
  await lab.keeper.start();
  await lab.look();
  await lab.look();
  expect(lab.told).toEqual(['missing library/missing']);
  expect(lab.refusal).toBe('library/missing');
  expect(lab.keeper.openSession).toBeUndefined();
  lab.obstacle = undefined;
  await lab.look();
  expect(lab.refusal).toBeUndefined();
  expect(lab.told).toEqual(['missing library/missing', 'opening', 'ready']);
});

it.each([
  ['library/missing', 'missing', 'library/missing'],
  ['library/in-use', 'in-use', 'library/missing'],
  ['library/other-library', 'unusable', 'library/missing'],
  ['library/not-a-library', 'unusable', 'library/missing'],
  ['library/identity-damaged', 'unusable', 'library/missing'],
  ['library/write-failed', 'unusable', 'library/write-failed'],
  ['library/disk-full', 'full', 'library/disk-full'],
] as const)('at %s is %s, and tells devices %s', async (obstacle, state, refusal) => {
  const lab = new Lab();
  lab.obstacle = obstacle;
  await lab.keeper.start();
  expect(lab.keeper.status.state).toBe(state);
  expect(lab.keeper.status.problem?.code).toBe(obstacle);
  expect(lab.refusal).toBe(refusal);
});

it.each<[LibraryLook, string, ErrorCode]>([
  ['gone', 'missing library/missing', 'library/missing'],
  ['other', 'unusable library/other-library', 'library/missing'],
  ['read-only', 'unusable library/write-failed', 'library/write-failed'],
])('lets go of a library that is %s, and opens another session later', async (look, told, code) => {
  const lab = new Lab();
  await lab.keeper.start();
  const first = lab.session;
  const closed = Promise.withResolvers<undefined>();
  first.closing = closed.promise.then(() => undefined);
  first.next = look;
  lab.timers.advance(LOOK_EVERY_MS);
  await vi.waitUntil(() => first.closedWith !== undefined);
  // At once, while what ran is still being ended; and nothing is opened before that.
  expect(lab.refusal).toBe(code);
  expect(first.closedWith).toEqual({ code, graceMs: 0 });
  expect(lab.sessions).toHaveLength(1);
  closed.resolve(undefined);
  await vi.waitUntil(() => lab.timers.nextDelayMs !== undefined);
  await lab.look();
  expect(lab.keeper.session).not.toBe(first);
  expect(lab.told).toEqual(['ready', told, 'opening', 'ready']);
});

it('opens a library anew at once that somebody else wrote to meanwhile', async () => {
  const lab = new Lab();
  await lab.keeper.start();
  const first = lab.session;
  first.next = 'changed';
  await lab.look();
  expect(first.closedWith).toEqual({ code: 'library/missing', graceMs: 0 });
  expect(lab.keeper.session).not.toBe(first);
  expect(lab.told).toEqual(['ready', 'opening', 'ready']);
});

it('does not tell again and again that it opens what fails each time', async () => {
  const lab = new Lab();
  lab.obstacleWhenFound = 'library/write-failed';
  await lab.keeper.start();
  await lab.look();
  await lab.look();
  expect(lab.told).toEqual(['unusable library/write-failed']);
});

it('calls a disk full at the reserve and below, and ready when there is room or less is reserved', async () => {
  const lab = new Lab();
  await lab.keeper.start();
  lab.session.free = RESERVE;
  await lab.look();
  expect(lab.keeper.status).toMatchObject({ state: 'full', freeByteCount: RESERVE });
  // Small files may still fit: ingest decides that for each.
  expect(lab.refusal).toBeUndefined();
  lab.reserve = RESERVE - 1;
  lab.keeper.reserveChanged();
  expect(lab.keeper.status.state).toBe('ready');
  lab.session.free = 0;
  await lab.look();
  lab.session.free = RESERVE;
  await lab.look();
  expect(lab.told).toEqual([
    'ready',
    'full library/disk-full',
    'ready',
    'full library/disk-full',
    'ready',
  ]);
});

it('ends its session with the time it is given, and looks no more', async () => {
  const lab = new Lab();
  await lab.keeper.start();
  await Promise.all([lab.keeper.close(500), lab.keeper.close(1)]);
  expect(lab.session.closedWith).toEqual({ code: 'service/stopping', graceMs: 500 });
  expect(lab.refusal).toBe('service/stopping');
  expect(lab.timers.nextDelayMs).toBeUndefined();
  expect(lab.told).toEqual(['ready']);
});

it('ends a session too that came to be while it was closed', async () => {
  const lab = new Lab();
  const opening = Promise.withResolvers<undefined>();
  lab.opening = opening.promise.then(() => undefined);
  const started = lab.keeper.start();
  const closed = lab.keeper.close(500);
  opening.resolve(undefined);
  await Promise.all([started, closed]);
  expect(lab.session.closedWith?.code).toBe('service/stopping');
  expect(lab.timers.nextDelayMs).toBeUndefined();
});
