import { beforeEach, describe, expect, it } from 'vitest';

import { QuitSequence } from './quit-sequence.ts';

let did: string[];
let serviceEnd: PromiseWithResolvers<undefined>;
let sequence: QuitSequence;

beforeEach(() => {
  did = [];
  serviceEnd = Promise.withResolvers<undefined>();
  sequence = new QuitSequence({
    stopService: (graceMs) => {
      did.push(`stop within ${graceMs} ms`);
      return serviceEnd.promise;
    },
    killService: () => did.push('kill'),
    quit: () => did.push('quit'),
  });
});

describe('quitting', () => {
  it('holds the application open until the service has stopped', async () => {
    expect(sequence.mayQuit()).toBe(false);
    expect(sequence.isQuitting).toBe(true);
    expect(did).toEqual(['stop within 30000 ms']);
    serviceEnd.resolve(undefined);
    await serviceEnd.promise;
    await Promise.resolve();
    expect(did).toEqual(['stop within 30000 ms', 'quit']);
    expect(sequence.mayQuit()).toBe(true);
  });

  it('stops the service at once when asked a second time, and still waits for its end', () => {
    sequence.mayQuit();
    expect(sequence.mayQuit()).toBe(false);
    expect(did).toEqual(['stop within 30000 ms', 'kill']);
  });

  it('takes little time when the system shuts down', () => {
    sequence.mayQuit(3000);
    expect(did).toEqual(['stop within 3000 ms']);
  });

  it('has not begun before somebody asks', () => {
    expect(sequence.isQuitting).toBe(false);
  });
});
