import { describe, expect, it } from 'vitest';

import { PERMISSION_FLAGS } from './confinement.ts';
import { findConfinement, probe } from './find-confinement.ts';
import { wrappersFor } from './wrappers.ts';

const NODE = process.execPath;
const FREE = {
  cannotConnect: false,
  cannotReachServices: false,
  cannotWrite: false,
  cannotDelete: false,
};

/** Ways that work on the computer this runs on. */
const here = await Promise.all(
  wrappersFor({
    platform: process.platform,
    architecture: process.arch,
    isRoot: process.getuid?.() === 0,
  }).map(async (wrapper) => ({ by: wrapper.by, bounds: await probe(NODE, wrapper) })),
);

describe('the probe', () => {
  it('sees that a process started as usual can do everything', async () => {
    expect(await probe(NODE, { command: [] })).toEqual(FREE);
  });

  it('says nothing of a program that is not here, or does not start what it is given', async () => {
    expect(await probe(NODE, { command: ['no-such-program'] })).toBeUndefined();
    expect(await probe(NODE, { command: [NODE, '-e', '0'] })).toBeUndefined();
  });

  it.for([
    ['bwrap with seccomp', { cannotReachServices: true, cannotDelete: true }],
    ['bwrap', { cannotDelete: true }],
    ['unshare', {}],
    ['sandbox-exec', { cannotDelete: true }],
  ] as const)('sees no network and no writing under %s', ([by, more], test) => {
    const found = here.find((each) => each.by === by);
    test.skip(found?.bounds === undefined, `${by} does not work on this computer`);
    expect(found?.bounds).toMatchObject({ cannotConnect: true, cannotWrite: true, ...more });
  });
});

describe('the confinement', () => {
  it('is the first way that binds, with the permission model of Node on top', async () => {
    const found = await findConfinement(NODE);
    const first = here.find(({ bounds }) => bounds && Object.values(bounds).some(Boolean));
    expect(found.by).toBe(first?.by ?? 'none');
    expect(found).toMatchObject(first?.bounds ?? FREE);
    expect(found.nodeFlags).toEqual(PERMISSION_FLAGS);
  });

  it('is none where there is no Node to try it with', async () => {
    expect(await findConfinement('/no/such/node')).toMatchObject({ by: 'none', nodeFlags: [] });
  });
});
