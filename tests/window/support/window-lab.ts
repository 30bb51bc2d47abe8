import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';

import { launchBrowser } from '../../support/browser.ts';
import { FakeService } from './fake-service.ts';
import { openWindow, type OpenWindow, type OpenWindowOptions } from './open-window.ts';
import { drawPicture, type SamplePicture } from './sample-pictures.ts';

/** The built pages in a browser, before a fake service with one device that is new for each test. */
export class WindowLab {
  #browser: Browser | undefined;
  #service: FakeService | undefined;
  #opened: OpenWindow | undefined;
  #picture: SamplePicture | undefined;

  /** Takes the whole of a test file: call it once, before anything else that is to happen before each test. */
  static forThisFile(): WindowLab {
    const lab = new WindowLab();
    beforeAll(async () => {
      [lab.#browser, lab.#picture] = await Promise.all([
        launchBrowser(),
        drawPicture(1600, 1200, 20),
      ]);
    });
    afterAll(async () => {
      await lab.#browser?.close();
    });
    beforeEach(async () => {
      lab.#service = await FakeService.start(inject('rendererFolder'));
      lab.#service.state.addDevice();
    });
    afterEach(async () => {
      await lab.#opened?.close();
      lab.#opened = undefined;
      await lab.#service?.close();
    });
    return lab;
  }

  get browser(): Browser {
    return present(this.#browser);
  }

  get service(): FakeService {
    return present(this.#service);
  }

  /** The window that the test opened last. */
  get opened(): OpenWindow {
    return present(this.#opened);
  }

  /** A photo of 1600 by 1200 pixels. */
  get picture(): SamplePicture {
    return present(this.#picture);
  }

  /** Opens a path of the window; it is closed after the test. */
  async open(path: string, options: OpenWindowOptions = {}): Promise<OpenWindow> {
    this.#opened = await openWindow(this.browser, `${this.service.url}${path}`, options);
    return this.#opened;
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The lab stands from the first test on.');
  return value;
}
