import { EventEmitter } from 'node:events';

import { pino } from 'pino';
import { beforeEach, describe, expect, it } from 'vitest';

import { RoostError } from '../../shared/error-catalogue.ts';
import type { ServiceConfig } from '../service/start-service.ts';
import { ServiceHost, type HostedService, type ShellPort } from './service-host.ts';
import {
  serviceMessageSchema,
  type ServiceMessage,
  type ShellMessage,
} from './service-messages.ts';

const START: ShellMessage = {
  type: 'start',
  config: {
    dataFolder: '/data',
    decoderEntry: '/out/main/decoder.js',
    rendererFolder: '/out/renderer',
    version: '0.1.0',
    overrides: { lanPort: 0 },
  },
};

/** The shell's side of the line, without a shell. */
class FakeShellPort implements ShellPort {
  readonly told: ServiceMessage[] = [];
  readonly #emitter = new EventEmitter();

  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void {
    this.#emitter.on(event, listener);
  }

  postMessage(message: ServiceMessage): void {
    this.told.push(serviceMessageSchema.parse(message));
  }

  say(message: unknown): void {
    this.#emitter.emit('message', { data: message });
  }
}

/** A service that starts, stops and fails when the test says so. */
class FakeService implements HostedService {
  readonly lanUrl = 'http://192.168.1.20:7678';
  readonly windowUrl = 'http://127.0.0.1:4001/?key=secret';
  readonly closedWith: (number | undefined)[] = [];
  readonly start = Promise.withResolvers<HostedService>();
  readonly end = Promise.withResolvers<undefined>();
  readonly configs: ServiceConfig[] = [];

  get config(): ServiceConfig {
    return this.configs.at(-1)!;
  }

  close(options?: { graceMs?: number }): Promise<void> {
    this.closedWith.push(options?.graceMs);
    return this.end.promise;
  }
}

let port: FakeShellPort;
let service: FakeService;
let exitCodes: number[];
let host: ServiceHost;

beforeEach(() => {
  port = new FakeShellPort();
  service = new FakeService();
  exitCodes = [];
  host = new ServiceHost({
    port,
    createLog: () => pino({ enabled: false }),
    exit: (code) => exitCodes.push(code),
    startService: (config) => {
      service.configs.push(config);
      return service.start.promise;
    },
  });
});

/** Lets every promise that is settled already reach its listeners. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe('the service host', () => {
  it('starts the service as the desktop host with what the shell told, and says when it is ready', async () => {
    port.say(START);
    expect(service.config).toMatchObject({ ...START.config, host: 'desktop' });
    expect(port.told).toEqual([]);
    service.start.resolve(service);
    await settled();
    expect(port.told).toEqual([
      { type: 'ready', windowUrl: service.windowUrl, lanUrl: service.lanUrl },
    ]);
  });

  it('starts one service however often it is told to', () => {
    port.say(START);
    port.say(START);
    expect(service.configs).toHaveLength(1);
  });

  it('passes on status, settings and the wish to restart, and a status only when it changed', () => {
    port.say(START);
    service.config.onStatus?.({ liveUploadCount: 1, libraryState: 'ready' });
    service.config.onStatus?.({ liveUploadCount: 1, libraryState: 'ready' });
    service.config.onStatus?.({ liveUploadCount: 0, libraryState: 'missing' });
    service.config.onRestartAsked?.();
    expect(port.told).toEqual([
      { type: 'status', status: { liveUploadCount: 1, libraryState: 'ready' } },
      { type: 'status', status: { liveUploadCount: 0, libraryState: 'missing' } },
      { type: 'restart-asked' },
    ]);
  });

  it('tells the code of a start that failed and ends', async () => {
    port.say(START);
    service.start.reject(new RoostError('service/port-in-use', 'Port 7678 is taken.'));
    await settled();
    expect(port.told).toEqual([
      { type: 'failed', code: 'service/port-in-use', message: 'Port 7678 is taken.' },
    ]);
    expect(exitCodes).toEqual([1]);
  });

  it('tells an error outside the catalogue as service/failed, cut to what a message may hold', () => {
    port.say(START);
    host.fail(new Error('x'.repeat(10_000)));
    expect(port.told).toEqual([
      { type: 'failed', code: 'service/failed', message: 'x'.repeat(4000) },
    ]);
    expect(exitCodes).toEqual([1]);
  });

  it('ends once, however many errors follow the first', () => {
    port.say(START);
    host.fail(new Error('first'));
    host.fail(new Error('second'));
    expect(port.told).toHaveLength(1);
    expect(exitCodes).toEqual([1]);
  });

  it('gives uploads their time on stop and ends with 0 when the service has closed', async () => {
    port.say(START);
    service.start.resolve(service);
    await settled();
    port.say({ type: 'stop', graceMs: 30_000 });
    port.say({ type: 'stop', graceMs: 1 });
    await settled();
    expect(service.closedWith).toEqual([30_000]);
    expect(exitCodes).toEqual([]);
    service.end.resolve(undefined);
    await settled();
    expect(exitCodes).toEqual([0]);
  });

  it('stops a service that is still starting as soon as it runs, without calling it ready', async () => {
    port.say(START);
    port.say({ type: 'stop', graceMs: 0 });
    service.start.resolve(service);
    service.end.resolve(undefined);
    await settled();
    expect(port.told).toEqual([]);
    expect(exitCodes).toEqual([0]);
  });

  it('ends at once when it is stopped before it was started', async () => {
    port.say({ type: 'stop', graceMs: 0 });
    await settled();
    expect(exitCodes).toEqual([0]);
  });

  it('ends with a reason when the service cannot close', async () => {
    port.say(START);
    service.start.resolve(service);
    port.say({ type: 'stop', graceMs: 0 });
    service.end.reject(new Error('the journal cannot be closed'));
    await settled();
    expect(port.told.at(-1)).toMatchObject({ message: 'the journal cannot be closed' });
    expect(exitCodes).toEqual([1]);
  });

  it('ends with a reason when the shell says something it does not know', () => {
    port.say({ type: 'dance' });
    expect(port.told).toMatchObject([{ type: 'failed', code: 'service/failed' }]);
    expect(exitCodes).toEqual([1]);
  });
});
