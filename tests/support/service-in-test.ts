import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from 'pino';

import { createServiceLog } from '../../electron/service/config/service-log.ts';
import {
  startService,
  type RunningService,
  type ServiceConfig,
} from '../../electron/service/start-service.ts';
import { isHashList } from '../../electron/service/library/hash-list.ts';
import { systemTimers, type Timers } from '../../electron/service/timers.ts';
import { systemClock, type Clock } from '../../shared/clock.ts';

import { FakePhone } from './fake-phone.ts';
import { tempFolder } from './temp-folder.ts';
import { WindowCaller } from './window-caller.ts';

export interface ServiceInTestOptions extends Partial<
  Pick<ServiceConfig, 'host' | 'onStatus' | 'onSettings' | 'onRestartAsked'>
> {
  readonly overrides?: ServiceConfig['overrides'];
  readonly clock?: Clock;
  /** By which it looks after its library. */
  readonly timers?: Timers;
  /** Instead of the decoder that reads media. */
  readonly decoderEntry?: string;
  /** Folders of another one, for two services on the same; or for one after another. */
  readonly folder?: string;
  /** The built pages, for a browser; else one that is nothing but its name. */
  readonly rendererFolder?: string;
}

const DECODER_ENTRY = join(import.meta.dirname, '../../electron/service/decoder/decoder-entry.ts');

/** A whole service in this process on loopback, with folders of its own, spoken to by real HTTP. */
export class ServiceInTest implements AsyncDisposable {
  readonly running: RunningService;
  readonly dataFolder: string;
  readonly libraryFolder: string;
  readonly window: WindowCaller;
  readonly #stack: AsyncDisposableStack;
  readonly #phones: FakePhone[] = [];

  private constructor(
    running: RunningService,
    folders: { dataFolder: string; libraryFolder: string },
    stack: AsyncDisposableStack,
  ) {
    this.running = running;
    this.dataFolder = folders.dataFolder;
    this.libraryFolder = folders.libraryFolder;
    this.window = new WindowCaller(running.windowUrl);
    this.#stack = stack;
  }

  /** @throws what `startService` throws. */
  static async start(options: ServiceInTestOptions = {}): Promise<ServiceInTest> {
    await using stack = new AsyncDisposableStack();
    const { folder = stack.use(await tempFolder()).path } = options;
    const folders = {
      dataFolder: join(folder, 'data'),
      libraryFolder: options.overrides?.libraryFolder ?? join(folder, 'library'),
    };
    const { rendererFolder = join(folder, '.pages') } = options;
    if (options.rendererFolder === undefined) {
      await mkdir(rendererFolder, { recursive: true });
      await writeFile(join(rendererFolder, 'index.html'), '<!doctype html><title>Roost</title>');
      await writeFile(join(rendererFolder, 'app.js'), 'export {};');
    }
    await writeFile(join(folder, 'secret.txt'), 'not for the window');
    const running = await startService(
      {
        ...options,
        dataFolder: folders.dataFolder,
        host: options.host ?? 'headless',
        decoderEntry: options.decoderEntry ?? DECODER_ENTRY,
        rendererFolder,
        version: '0.0.0-test',
        picturesFolder: join(folder, 'Pictures'),
        log: logTo(folders.dataFolder),
        overrides: {
          libraryFolder: folders.libraryFolder,
          lanHost: '127.0.0.1',
          lanPort: 0,
          announce: false,
          ...options.overrides,
        },
      },
      options.clock ?? systemClock,
      options.timers ?? systemTimers,
    );
    stack.defer(() => running.close({ graceMs: 0 }));
    return new ServiceInTest(running, folders, stack.move());
  }

  get lanUrl(): string {
    return this.running.lanUrl;
  }

  /** A phone without trust. */
  stranger(token?: string): FakePhone {
    const phone = new FakePhone(this.lanUrl, token);
    this.#phones.push(phone);
    return phone;
  }

  /** A phone that is paired already. */
  async phone(name = 'Phone'): Promise<FakePhone & { deviceId: string; token: string }> {
    const { deviceId, token } = await this.window.call('device.create', { name });
    return Object.assign(this.stranger(token), { deviceId, token });
  }

  /** Relative paths of everything in the library that a person sees. */
  async originals(): Promise<string[]> {
    const all = await readdir(this.libraryFolder, { recursive: true, withFileTypes: true });
    return all
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(this.libraryFolder.length + 1))
      .filter((path) => !path.startsWith('.roost') && !isHashList(path))
      .map((path) => path.replaceAll('\\', '/'))
      .sort();
  }

  /** Takes the library away for as long as `work` lasts, as a drive that is unplugged. */
  async whileLibraryIsAway(work: () => Promise<void>): Promise<void> {
    const away = `${this.libraryFolder}-away`;
    await rename(this.libraryFolder, away);
    try {
      await work();
    } finally {
      await rename(away, this.libraryFolder);
      await this.libraryIsBack();
    }
  }

  /** Waits until uploads are taken: the service may or may not have seen that its library was away. */
  async libraryIsBack(): Promise<void> {
    for (let tries = 0; tries < 600; tries++) {
      const { library } = await this.window.call('overview.get', {});
      if (library.state === 'ready') return;
      await sleep(50);
    }
    throw new Error('The library did not come back.');
  }

  async stagedNames(): Promise<string[]> {
    return readdir(join(this.libraryFolder, '.roost', 'staging'));
  }

  read(path: string): Promise<Buffer> {
    return readFile(join(this.libraryFolder, path));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const phone of this.#phones) phone.close();
    await this.#stack.disposeAsync();
  }
}

function logTo(dataFolder: string): Logger {
  return createServiceLog({ dataFolder, level: 'debug' });
}
