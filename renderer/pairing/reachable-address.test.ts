import { expect, it } from 'vitest';

import { isReachable } from './reachable-address.ts';

it('tells addresses other devices can use from those of the computer itself', () => {
  const urls = ['http://192.168.1.20:7678', 'http://127.0.0.1:7678', 'http://[::1]:7678'];
  expect(urls.filter(isReachable)).toEqual(['http://192.168.1.20:7678']);
});
