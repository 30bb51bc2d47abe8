import { randomBytes } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { MAX_CONNECTIONS_OF_ADDRESS } from '../../electron/service/lan/lan-listener.ts';
import { RawConnection } from '../support/raw-connection.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

const TEBIBYTE = 1024 ** 4;

describe('a resource larger than Roost takes', () => {
  it.each([
    ['plain', {}],
    [
      'of an IETF client',
      {
        'upload-draft-interop-version': '8',
        'upload-complete': '?0',
        'upload-length': TEBIBYTE + 1,
      },
    ],
  ])('%s is refused before its body, with the limit', async (_, headers) => {
    await using roost = await ServiceInTest.start();
    const { token } = await roost.phone();
    using raw = await RawConnection.to(roost.lanUrl);
    const isPlain = Object.keys(headers).length === 0;
    const all = {
      authorization: `Bearer ${token}`,
      'content-length': isPlain ? TEBIBYTE + 1 : 10,
      ...headers,
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    raw.send(`PUT /v1/assets/huge/video HTTP/1.1\r\nHost: roost\r\n${lines.join('')}\r\n`);
    const heard = await raw.hears('upload/too-large');
    expect(heard).toMatch(/^HTTP\/1\.1 413 /);
    if (!isPlain) expect(heard).toContain(`max-size=${TEBIBYTE}`);
    expect(await roost.stagedNames()).toEqual([]);
  });
});

describe('connections', () => {
  it('of one address that are never closed leave the others to go on, and are counted down again', async () => {
    await using roost = await ServiceInTest.start();
    const phone = await roost.phone();
    const { length } = { length: MAX_CONNECTIONS_OF_ADDRESS };
    const open = await Promise.all(Array.from({ length }, () => RawConnection.to(roost.lanUrl)));
    // Each is known to the service once it has answered on it.
    for (const raw of open) raw.send('GET /v1/ping HTTP/1.1\r\nHost: roost\r\n\r\n');
    await Promise.all(open.map((raw) => raw.hears('"roost":1')));
    using refused = await RawConnection.to(roost.lanUrl);
    expect(await refused.ends()).toBe('');
    for (const raw of open) raw[Symbol.dispose]();
    await expect
      .poll(async () => {
        const upload = phone.upload({ assetKey: 'after', bytes: randomBytes(10) });
        return upload.then(
          ({ status }) => status,
          () => 0,
        );
      })
      .toBeGreaterThan(0);
  });
});
