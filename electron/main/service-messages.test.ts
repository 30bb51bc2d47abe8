import { describe, expect, it } from 'vitest';

import { serviceMessageSchema, shellMessageSchema } from './service-messages.ts';

describe('messages from the service', () => {
  it.each([
    { type: 'ready', windowUrl: 'http://127.0.0.1:4001/?key=a', lanUrl: 'http://10.0.0.2:7678' },
    { type: 'ready', windowUrl: 'http://[::1]:4001/', lanUrl: 'http://[fe80::1]:7678' },
    { type: 'ready', windowUrl: 'http://localhost:4001/', lanUrl: '' },
    { type: 'status', status: { liveUploadCount: 0, libraryState: 'full' } },
    {
      type: 'status',
      status: { liveUploadCount: 0, libraryState: 'in-use', libraryProblem: 'library/in-use' },
    },
    { type: 'settings', startAtLogin: false },
    { type: 'restart-asked' },
    { type: 'failed', code: 'library/in-use', message: 'Another Roost has it.' },
  ])('admits $type', (message) => {
    expect(serviceMessageSchema.parse(message)).toEqual(message);
  });

  it.each([
    ['a window address on another computer', { windowUrl: 'http://192.168.1.9:4001/' }],
    ['a window address that only looks local', { windowUrl: 'http://127.0.0.1.example.com/' }],
    ['a local name before an @', { windowUrl: 'http://127.0.0.1@example.com/' }],
    ['a file as window', { windowUrl: 'file:///etc/passwd' }],
    ['a script for devices', { lanUrl: 'javascript:alert(1)' }],
    ['a script as window', { windowUrl: 'javascript:alert(1)' }],
    ['an endless window address', { windowUrl: `http://127.0.0.1/${'a'.repeat(3000)}` }],
  ])('refuses %s', (_what, change) => {
    const ready = { type: 'ready', windowUrl: 'http://127.0.0.1/', lanUrl: 'http://10.0.0.2' };
    expect(serviceMessageSchema.safeParse(ready).success).toBe(true);
    expect(serviceMessageSchema.safeParse({ ...ready, ...change }).success).toBe(false);
  });

  it.each([
    undefined,
    'ready',
    { type: 'unheard-of' },
    { type: 'status', status: { liveUploadCount: -1, libraryState: 'ready' } },
    { type: 'status', status: { liveUploadCount: 1, libraryState: 'gone' } },
    { type: 'failed', code: 'no/such-code', message: '' },
  ])('refuses %j', (message) => {
    expect(serviceMessageSchema.safeParse(message).success).toBe(false);
  });
});

describe('messages from the shell', () => {
  const config = {
    dataFolder: '/data',
    decoderEntry: '/out/main/decoder.js',
    rendererFolder: '/out/renderer',
    version: '0.1.0',
    overrides: { lanPort: 0, announce: false },
  };

  it.each([
    { type: 'start', config },
    { type: 'stop', graceMs: 0 },
  ])('admits $type', (message) => {
    expect(shellMessageSchema.parse(message)).toEqual(message);
  });

  it.each([
    { type: 'start', config: { ...config, dataFolder: '' } },
    { type: 'start', config: { ...config, overrides: { lanPort: 70_000 } } },
    { type: 'start' },
    { type: 'stop', graceMs: -1 },
    { type: 'stop' },
  ])('refuses %j', (message) => {
    expect(shellMessageSchema.safeParse(message).success).toBe(false);
  });
});
