import { beforeEach, describe, expect, it } from 'vitest';

import { ManualClock } from '../../tests/support/manual-clock.ts';
import { ManualTimers } from '../../tests/support/manual-timers.ts';
import type { ServiceStart, ShellMessage } from './service-messages.ts';
import {
  restartDelayMs,
  ServiceSupervisor,
  type ServiceProcess,
  type ServiceProcessEvents,
  type ServiceState,
} from './service-supervisor.ts';

const START: ServiceStart = {
  dataFolder: '/data',
  decoderEntry: '/out/main/decoder.js',
  rendererFolder: '/out/renderer',
  version: '0.1.0',
  overrides: {},
};
const READY = {
  type: 'ready',
  windowUrl: 'http://127.0.0.1:4001/?key=secret',
  lanUrl: 'http://192.168.1.20:7678',
};
const MINUTE_MS = 60_000;

/** A process that does nothing by itself: the test speaks and dies for it. */
class FakeServiceProcess implements ServiceProcess {
  readonly pid: number;
  readonly received: ShellMessage[] = [];
  readonly events: ServiceProcessEvents;
  killed = false;

  constructor(pid: number, events: ServiceProcessEvents) {
    this.pid = pid;
    this.events = events;
  }

  send(message: ShellMessage): void {
    this.received.push(message);
  }

  kill(): void {
    this.killed = true;
  }
}

class World {
  readonly clock = new ManualClock();
  readonly timers = new ManualTimers(this.clock);
  readonly processes: FakeServiceProcess[] = [];
  readonly states: ServiceState[] = [];
  readonly warnings: string[] = [];
  spawnError: Error | undefined;
  readonly supervisor = new ServiceSupervisor({
    clock: this.clock,
    timers: this.timers,
    start: { type: 'start', config: START },
    log: { info: () => undefined, warn: (_facts, text) => void this.warnings.push(text) },
    spawn: (events) => {
      if (this.spawnError) throw this.spawnError;
      const process = new FakeServiceProcess(1000 + this.processes.length, events);
      this.processes.push(process);
      return process;
    },
  });

  get newest(): FakeServiceProcess {
    return this.processes.at(-1)!;
  }

  becomeReady(): void {
    this.supervisor.start();
    this.newest.events.onMessage(READY);
  }

  crash(code = 139): void {
    this.newest.events.onExit(code);
  }
}

let world: World;

beforeEach(() => {
  world = new World();
});

describe('starting', () => {
  it('sends the configuration to the fresh process and is ready when the service says so', () => {
    world.supervisor.start();
    expect(world.supervisor.state).toEqual({ kind: 'starting' });
    expect(world.newest.received).toEqual([{ type: 'start', config: START }]);

    world.newest.events.onMessage(READY);
    expect(world.supervisor.state).toEqual({
      kind: 'ready',
      windowUrl: READY.windowUrl,
      lanUrl: READY.lanUrl,
      status: { liveUploadCount: 0, libraryState: 'ready' },
    });
  });

  it('keeps a status that was told before the service was ready', () => {
    world.supervisor.start();
    const status = { liveUploadCount: 0, libraryState: 'missing' };
    world.newest.events.onMessage({ type: 'status', status });
    world.newest.events.onMessage(READY);
    expect(world.supervisor.state).toMatchObject({ kind: 'ready', status });
  });

  it('starts one process however often it is asked', () => {
    world.supervisor.start();
    world.supervisor.start();
    expect(world.processes).toHaveLength(1);
  });

  it('takes a process that cannot be spawned for a crash', () => {
    world.spawnError = new Error('no such program');
    world.supervisor.start();
    expect(world.supervisor.state).toMatchObject({
      kind: 'down',
      failure: { code: 'service/failed', detail: 'Error: no such program' },
      retryInMs: 500,
    });
  });
});

describe('messages', () => {
  it('follows the status', () => {
    world.becomeReady();
    const status = { liveUploadCount: 3, libraryState: 'ready' };
    world.newest.events.onMessage({ type: 'status', status });
    expect(world.supervisor.state).toMatchObject({ kind: 'ready', status });
  });

  it('passes the settings on', () => {
    const told: boolean[] = [];
    world.supervisor.onSettings(({ startAtLogin }) => told.push(startAtLogin));
    world.becomeReady();
    world.newest.events.onMessage({ type: 'settings', startAtLogin: true });
    expect(told).toEqual([true]);
  });

  it('leaves everything as it is when a message makes no sense', () => {
    world.becomeReady();
    const before = world.supervisor.state;
    world.newest.events.onMessage({ type: 'ready', windowUrl: 'https://example.com/', lanUrl: '' });
    expect(world.supervisor.state).toBe(before);
    expect(world.warnings).toEqual(['the service sent a message the shell does not know']);
  });

  it('does not listen to a process that was replaced', () => {
    world.becomeReady();
    const old = world.newest;
    world.crash();
    world.timers.advance(500);
    old.events.onMessage(READY);
    old.events.onExit(1);
    expect(world.supervisor.state).toMatchObject({ kind: 'starting' });
    expect(world.processes).toHaveLength(2);
  });
});

describe('crashes', () => {
  it('waits 0.5, 1, 2, 4 ... seconds and never more than a minute', () => {
    const delays = [1, 2, 3, 4, 5, 6, 7, 8, 9, 500].map(restartDelayMs);
    expect(delays).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  it('starts again after the delay and not before', () => {
    world.becomeReady();
    world.crash();
    world.timers.advance(499);
    expect(world.processes).toHaveLength(1);
    world.timers.advance(1);
    expect(world.processes).toHaveLength(2);
    expect(world.newest.received).toEqual([{ type: 'start', config: START }]);
  });

  it('waits longer after each crash in a row, and keeps trying for ever', () => {
    world.supervisor.start();
    const delays: (number | undefined)[] = [];
    for (let crash = 0; crash < 20; crash += 1) {
      world.crash();
      delays.push(world.timers.nextDelayMs);
      world.timers.advance(MINUTE_MS);
    }
    expect(delays.slice(0, 8)).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
    expect(delays.slice(8)).toEqual(Array(12).fill(60_000));
    expect(world.processes).toHaveLength(21);
  });

  it('counts from the beginning after five minutes without a crash', () => {
    world.becomeReady();
    world.crash();
    world.timers.advance(500);
    world.newest.events.onMessage(READY);
    world.timers.advance(5 * MINUTE_MS - 1);
    world.crash();
    expect(world.supervisor.state).toMatchObject({ failure: { crashCount: 2 }, retryInMs: 1000 });
    world.timers.advance(1000);
    world.timers.advance(5 * MINUTE_MS);
    world.crash();
    expect(world.supervisor.state).toMatchObject({ failure: { crashCount: 1 }, retryInMs: 500 });
  });

  it('tells the reason the service gave before it ended', () => {
    world.supervisor.start();
    const message = 'Port 7678 is taken.';
    world.newest.events.onMessage({ type: 'failed', code: 'service/port-in-use', message });
    world.crash(1);
    expect(world.supervisor.state).toEqual({
      kind: 'down',
      failure: { code: 'service/port-in-use', detail: message, crashCount: 1 },
      retryInMs: 500,
    });
  });

  it('tells the exit code when the service gave no reason, also for an exit code of 0', () => {
    world.becomeReady();
    world.crash(0);
    expect(world.supervisor.state).toMatchObject({
      failure: { detail: 'Its process ended unexpectedly with exit code 0.' },
    });
  });

  it('remembers the reason while it tries again, and forgets it once the service is ready', () => {
    world.becomeReady();
    world.crash();
    world.timers.advance(500);
    expect(world.supervisor.state).toMatchObject({
      kind: 'starting',
      failure: { code: 'service/failed' },
    });
    world.newest.events.onMessage(READY);
    world.newest.events.onExit(3);
    expect(world.supervisor.state).toMatchObject({
      failure: { detail: 'Its process ended unexpectedly with exit code 3.' },
    });
  });

  it('has no window address while no process runs', () => {
    world.becomeReady();
    expect(world.supervisor.windowUrl).toBe(READY.windowUrl);
    world.crash();
    expect(world.supervisor.windowUrl).toBeUndefined();
  });

  it('tries at once when asked to, and only then', () => {
    world.becomeReady();
    world.supervisor.tryNow();
    expect(world.processes).toHaveLength(1);
    world.crash();
    world.supervisor.tryNow();
    expect(world.processes).toHaveLength(2);
    world.timers.advance(MINUTE_MS);
    expect(world.processes).toHaveLength(2);
  });
});

describe('restarting', () => {
  it('stops gently, then starts again at once and counts no crash', () => {
    world.becomeReady();
    world.newest.events.onMessage({ type: 'restart-asked' });
    expect(world.supervisor.state).toEqual({ kind: 'restarting' });
    expect(world.newest.received.at(-1)).toEqual({ type: 'stop', graceMs: 10_000 });
    expect(world.processes).toHaveLength(1);

    world.newest.events.onExit(0);
    expect(world.processes).toHaveLength(2);
    world.crash();
    expect(world.supervisor.state).toMatchObject({ failure: { crashCount: 1 } });
  });

  it('starts a service that is down at once', () => {
    world.becomeReady();
    world.crash();
    world.supervisor.restart();
    expect(world.processes).toHaveLength(2);
  });

  it('kills a process that does not stop, and starts the next when it has ended', () => {
    world.becomeReady();
    world.supervisor.restart();
    world.timers.advance(15_000);
    expect(world.newest.killed).toBe(true);
    world.newest.events.onExit(143);
    expect(world.processes).toHaveLength(2);
  });

  it('is not ready again because of a process that is on its way out', () => {
    world.supervisor.start();
    world.supervisor.restart();
    world.newest.events.onMessage(READY);
    expect(world.supervisor.state).toEqual({ kind: 'restarting' });
  });
});

describe('stopping', () => {
  it('waits for the uploads in flight and says how many are left', async () => {
    world.becomeReady();
    const status = { liveUploadCount: 2, libraryState: 'ready' };
    world.newest.events.onMessage({ type: 'status', status });
    const stopped = world.supervisor.stop(30_000);
    expect(world.supervisor.state).toEqual({ kind: 'finishing', liveUploadCount: 2 });
    expect(world.newest.received.at(-1)).toEqual({ type: 'stop', graceMs: 30_000 });

    world.newest.events.onMessage({ type: 'status', status: { ...status, liveUploadCount: 1 } });
    expect(world.supervisor.state).toEqual({ kind: 'finishing', liveUploadCount: 1 });

    world.newest.events.onExit(0);
    await stopped;
    expect(world.supervisor.state).toEqual({ kind: 'stopped' });
    world.timers.advance(10 * MINUTE_MS);
    expect(world.processes).toHaveLength(1);
  });

  it('kills the process when the time for uploads and closing is over', () => {
    world.becomeReady();
    void world.supervisor.stop(30_000);
    world.timers.advance(34_999);
    expect(world.newest.killed).toBe(false);
    world.timers.advance(1);
    expect(world.newest.killed).toBe(true);
  });

  it('does not start again when the process crashes while it stops', async () => {
    world.becomeReady();
    const stopped = world.supervisor.stop(1000);
    world.crash();
    await stopped;
    world.timers.advance(10 * MINUTE_MS);
    expect(world.supervisor.state).toEqual({ kind: 'stopped' });
    expect(world.processes).toHaveLength(1);
  });

  it('asks once, and every caller is answered', async () => {
    world.becomeReady();
    const both = [world.supervisor.stop(1000), world.supervisor.stop(1000)];
    expect(world.newest.received.filter(({ type }) => type === 'stop')).toHaveLength(1);
    world.newest.events.onExit(0);
    await Promise.all(both);
  });

  it('gives up a start that is waiting', async () => {
    world.becomeReady();
    world.crash();
    await world.supervisor.stop(1000);
    world.timers.advance(10 * MINUTE_MS);
    expect(world.processes).toHaveLength(1);
  });

  it('wins over a restart that goes on', async () => {
    world.becomeReady();
    world.supervisor.restart();
    const stopped = world.supervisor.stop(1000);
    world.newest.events.onExit(0);
    await stopped;
    expect(world.processes).toHaveLength(1);
  });
});

it('tells a listener the present state at once, and each later one', () => {
  world.supervisor.onState((state) => world.states.push(state));
  world.becomeReady();
  expect(world.states.map(({ kind }) => kind)).toEqual(['stopped', 'starting', 'ready']);
});
