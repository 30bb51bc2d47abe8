import { describe, expect, it } from 'vitest';

import { jobsAddress, readJobFilter } from './job-filter.ts';

const DEVICE = '5b1f0c1e-9d0f-4a57-8a53-7d1a3f1f4a10';

describe('the job filter in the address', () => {
  it('comes back as it was written', () => {
    const filter = { state: 'failed', deviceId: DEVICE, day: '2026-11-20', text: 'a &=b' } as const;
    const { search } = new URL(jobsAddress(filter), 'http://roost');
    expect(readJobFilter(new URLSearchParams(search))).toEqual(filter);
  });

  it('leaves no query behind when nothing is filtered', () => {
    expect(jobsAddress({})).toBe('/jobs');
  });

  it('ignores states and devices that cannot be', () => {
    const search = new URLSearchParams({ state: 'lost', device: '../x', day: '2026-13-01' });
    expect(readJobFilter(search)).toEqual({});
  });
});
