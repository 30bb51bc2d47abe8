import { vi } from 'vitest';

import { LOOK_EVERY_MS } from '../../electron/service/library/library-keeper.ts';
import type { Overview } from '../../shared/window-views.ts';

import { ManualClock } from './manual-clock.ts';
import { ManualTimers } from './manual-timers.ts';
import type { ServiceInTest } from './service-in-test.ts';

/** The timers by which a service looks after its library, moved by the test. */
export class LookTimers extends ManualTimers {
  constructor() {
    super(new ManualClock());
  }

  /** Has the service look until its library is as said; gives what the window is told then. */
  async until(
    roost: ServiceInTest,
    wanted: Overview['library']['state'] | ((library: Overview['library']) => boolean),
  ): Promise<Overview['library']> {
    let library: Overview['library'] | undefined;
    await vi.waitUntil(
      async () => {
        this.advance(LOOK_EVERY_MS);
        ({ library } = await roost.window.call('overview.get', {}));
        return typeof wanted === 'string' ? library.state === wanted : wanted(library);
      },
      { timeout: 30_000, interval: 20 },
    );
    return library!;
  }
}
