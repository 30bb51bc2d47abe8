import { describe, expect, it } from 'vitest';

import { paths, routeOf } from './routes.ts';

const ID = '5d3a1f9e-0c1b-4a77-9a51-2f3c4d5e6f70';

describe('routeOf', () => {
  it('reads every address that paths makes', () => {
    expect([
      routeOf(paths.home),
      routeOf(paths.timeline),
      routeOf(paths.photo(ID)),
      routeOf(paths.jobs),
      routeOf(paths.job(ID)),
      routeOf(paths.devices),
      routeOf(paths.device(ID)),
      routeOf(paths.settings),
      routeOf(paths.previews),
      routeOf(paths.trash),
      routeOf(paths.welcome),
    ]).toEqual([
      { view: 'home' },
      { view: 'timeline' },
      { view: 'photo', assetId: ID },
      { view: 'jobs' },
      { view: 'job', jobId: ID },
      { view: 'devices' },
      { view: 'device', deviceId: ID },
      { view: 'settings' },
      { view: 'previews' },
      { view: 'trash' },
      { view: 'welcome' },
    ]);
  });

  it.each([
    '/photo',
    '/photo/..',
    '/photo/123',
    '/nothing',
    `/photo/${ID}/more`,
    `/settings/${ID}`,
  ])('knows no view at %s', (path) => {
    expect(routeOf(path)).toEqual({ view: 'not-found' });
  });
});
