import { describe, expect, it } from 'vitest';

import { fakeStorage } from '../../tests/support/fake-storage.ts';

import { pairingMemory } from './pairing-memory.ts';

const PAIRING = { serverId: 'id', token: 'secret', deviceName: 'iPhone' };

function noStorage(): Storage {
  throw new DOMException('denied', 'SecurityError');
}

describe('what the browser remembers', () => {
  it('is there when the page comes again', () => {
    const storage = fakeStorage();
    expect(pairingMemory(() => storage).write(PAIRING)).toBe(true);
    expect(pairingMemory(() => storage).read()).toEqual(PAIRING);
  });

  it('is gone once forgotten', () => {
    const storage = fakeStorage();
    const memory = pairingMemory(() => storage);
    memory.write(PAIRING);
    memory.forget();
    expect([memory.read(), pairingMemory(() => storage).read()]).toEqual([undefined, undefined]);
  });

  it('lasts as long as the page where nothing can be stored, and says so', () => {
    const memory = pairingMemory(noStorage);
    expect([memory.read(), memory.write(PAIRING), memory.read()]).toEqual([
      undefined,
      false,
      PAIRING,
    ]);
  });

  it.each(['no json', '[]', 'null', '{"token":5}'])('does not trust %s', (text) => {
    const storage = fakeStorage();
    storage.setItem('roost.pairing', text);
    expect(pairingMemory(() => storage).read()).toBeUndefined();
  });
});
