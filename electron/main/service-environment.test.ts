import { expect, it } from 'vitest';

import { serviceEnvironment } from './service-environment.ts';

it("keeps the person's environment and drops what would change how the program runs", () => {
  const env = {
    HOME: '/home/a',
    LANG: 'de_CH',
    NODE_OPTIONS: '--inspect',
    ELECTRON_RUN_AS_NODE: '1',
  };
  expect(serviceEnvironment({ ...env, GONE: undefined })).toEqual({
    HOME: '/home/a',
    LANG: 'de_CH',
    UV_THREADPOOL_SIZE: '16',
  });
});

it('asks for more threads, unless the person did', () => {
  expect(serviceEnvironment({ UV_THREADPOOL_SIZE: '3' })).toEqual({ UV_THREADPOOL_SIZE: '3' });
});
