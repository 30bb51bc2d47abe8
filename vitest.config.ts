import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Native addons (SQLite, sharp) are not made for worker threads that come and go.
    pool: 'forks',
    // More than processors: some tests wait for most of their time, for the network or for time-outs.
    maxWorkers: 3,
    // A limit for what never comes, as the time-outs below; a busy machine takes longer than the default second.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'electron/**/*.test.ts',
            'renderer/**/*.test.{ts,tsx}',
            'scripts/**/*.test.ts',
            'shared/**/*.test.ts',
          ],
          // Real files and SQLite on a busy machine: a limit for hangs, not for speed.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'end to end',
          include: ['tests/**/*.test.ts'],
          globalSetup: ['tests/window/support/build-renderer.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
