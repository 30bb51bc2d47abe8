import { describe, expect, it } from 'vitest';

import type { DiscoveryState } from '../../../shared/window-views.ts';
import type { Advertiser, AdvertiserOptions } from './advertiser.ts';

import { Announcer } from './announcer.ts';

const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** Advertisers that write down what is asked of them, and take back only when they are let. */
class FakeNetwork {
  readonly events: string[] = [];
  readonly states: DiscoveryState[] = [];
  #mayClose = Promise.resolve();

  readonly start = ({ name }: AdvertiserOptions): Advertiser => {
    this.events.push(`start ${name}`);
    return {
      state: () => ({ kind: 'advertising', name, host: 'h.local', addresses: [] }),
      close: async () => {
        await this.#mayClose;
        this.events.push(`close ${name}`);
      },
    };
  };

  holdClosing(): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.#mayClose = promise.then(() => undefined);
    return () => resolve(undefined);
  }

  announcer(): Announcer {
    return new Announcer({
      id: 'id',
      port: 7678,
      log: QUIET,
      onState: (state) => this.states.push(state),
      start: this.start,
    });
  }
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('the announcer', () => {
  it('announces under a name, and takes the old name back before the new one', async () => {
    const network = new FakeNetwork();
    const announcer = network.announcer();
    expect(announcer.state()).toEqual({ kind: 'off' });
    announcer.set('Attic');
    await settled();
    expect(announcer.state()).toMatchObject({ kind: 'advertising', name: 'Attic' });
    announcer.set('Attic');
    announcer.set('Cellar');
    await settled();
    expect(network.events).toEqual(['start Attic', 'close Attic', 'start Cellar']);
    await announcer.close();
    expect(network.events).toEqual(['start Attic', 'close Attic', 'start Cellar', 'close Cellar']);
    expect(announcer.state()).toEqual({ kind: 'off' });
  });

  it('says when it is turned off', async () => {
    const network = new FakeNetwork();
    const announcer = network.announcer();
    announcer.set('Attic');
    announcer.set(undefined);
    await settled();
    expect(network.states).toEqual([{ kind: 'off' }]);
    expect(announcer.state()).toEqual({ kind: 'off' });
  });

  it('announces only the last of many names set while one is taken back', async () => {
    const network = new FakeNetwork();
    const announcer = network.announcer();
    announcer.set('Attic');
    await settled();
    const letClose = network.holdClosing();
    for (const name of ['C', 'Ce', 'Cel', 'Cellar']) announcer.set(name);
    letClose();
    await settled();
    expect(network.events).toEqual(['start Attic', 'close Attic', 'start Cellar']);
  });

  it('announces nothing any more once it is closed', async () => {
    const network = new FakeNetwork();
    const announcer = network.announcer();
    announcer.set('Attic');
    await settled();
    await announcer.close();
    announcer.set('Cellar');
    await announcer.close();
    await settled();
    expect(network.events).toEqual(['start Attic', 'close Attic']);
    expect(announcer.state()).toEqual({ kind: 'off' });
  });
});
