import { randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { DeviceTokens } from './device-tokens.ts';

const phone = randomUUID();
const tablet = randomUUID();

describe('the tokens of devices', () => {
  it('are known again after a restart, each for its own device', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'data', 'device-tokens.json');
    const tokens = await DeviceTokens.open(path);
    const [first, second] = [await tokens.issue(phone, 1), await tokens.issue(tablet, 2)];
    const again = await DeviceTokens.open(path);
    expect([again.deviceOf(first), again.deviceOf(second)]).toEqual([phone, tablet]);
    expect(again.has(phone)).toBe(true);
  });

  it('stand in their file as hashes, for the same user only', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'device-tokens.json');
    const token = await (await DeviceTokens.open(path)).issue(phone, 1);
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain(token);
    expect(text).not.toContain(token.slice(-43));
    expect(text).not.toContain(token.slice(-20));
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('are refused with any character changed, cut or added', async () => {
    await using temp = await tempFolder();
    const tokens = await DeviceTokens.open(join(temp.path, 'device-tokens.json'));
    const token = await tokens.issue(phone, 1);
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'b' ? 'c' : 'b';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      expect(tokens.deviceOf(changed), changed).toBeUndefined();
    }
    for (const text of ['', token.slice(0, -1), `${token}A`, ` ${token}`, token.toUpperCase()]) {
      expect(tokens.deviceOf(text)).toBeUndefined();
    }
  });

  it('of a revoked device are gone at once and after a restart; others stay', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'device-tokens.json');
    const tokens = await DeviceTokens.open(path);
    const lost = [await tokens.issue(phone, 1), await tokens.issue(phone, 2)];
    const kept = await tokens.issue(tablet, 3);
    const revoking = tokens.revoke(phone);
    expect(lost.map((token) => tokens.deviceOf(token))).toEqual([undefined, undefined]);
    await revoking;
    const again = await DeviceTokens.open(path);
    expect(lost.map((token) => again.deviceOf(token))).toEqual([undefined, undefined]);
    expect(again.deviceOf(kept)).toBe(tablet);
    expect(again.has(phone)).toBe(false);
  });

  it('issued all at once are all kept', async () => {
    await using temp = await tempFolder();
    const path = join(temp.path, 'device-tokens.json');
    const tokens = await DeviceTokens.open(path);
    const issued = await Promise.all(Array.from({ length: 20 }, () => tokens.issue(phone, 1)));
    expect(new Set(issued).size).toBe(20);
    const again = await DeviceTokens.open(path);
    expect(issued.every((token) => again.deviceOf(token) === phone)).toBe(true);
  });

  it.each(['', '{', '[]', '{"tokens":[{}]}', '{"tokens":[{"tokenId":"../x"}]}'])(
    'in a damaged file (%j) are an error in words, and the file stays',
    async (text) => {
      await using temp = await tempFolder();
      const path = join(temp.path, 'device-tokens.json');
      await writeFile(path, text);
      await expect(DeviceTokens.open(path)).rejects.toThrow(/device-tokens\.json .* is damaged/);
      expect(await readFile(path, 'utf8')).toBe(text);
    },
  );
});
