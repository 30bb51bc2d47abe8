import { describe, expect, it } from 'vitest';

import { requestOf } from './call-service.ts';

describe('requestOf', () => {
  it('puts named parts into the path, safely, and leaves them out of the rest', () => {
    expect(
      requestOf('PATCH', '/api/devices/:deviceId', { deviceId: 'a/../b', name: 'Mia' }),
    ).toEqual({ url: '/api/devices/a%2F..%2Fb', body: { name: 'Mia' } });
  });

  it('makes the rest of a GET its query, without what is absent', () => {
    const input = { state: undefined, deviceId: 'd&1', limit: 50 };
    expect(requestOf('GET', '/api/jobs', input)).toEqual({
      url: '/api/jobs?deviceId=d%261&limit=50',
      body: undefined,
    });
  });

  it('sends no body with a DELETE', () => {
    expect(requestOf('DELETE', '/api/pairing/:code', { code: '482913' })).toEqual({
      url: '/api/pairing/482913',
      body: undefined,
    });
  });
});
