import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { ERRORS, isErrorCode } from '../../shared/error-catalogue.ts';
import type { InventoryStatus } from '../../shared/inventory.ts';
import type { FakePhone } from '../support/fake-phone.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

const REQUESTS = 1_500;

const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  '',
  ' ',
  '../../etc/passwd',
  'a\u0000b',
  '\uD800',
  '\u202E.gpj',
  '=1+1',
  "'; DROP TABLE inventories; --",
  'x'.repeat(2_000),
  [],
  {},
  [[[[]]]],
  { length: 5 },
  { __proto__: null, constructor: 1 },
];

function sound(random: SeededRandom): Record<string, unknown> {
  const assets = Array.from({ length: random.integer(0, 5) }, () => ({
    assetKey: `key-${random.integer(0, 9)}`,
    kind: 'photo',
    createdAt: random.integer(0, 2 ** 31) * 1_000,
    resources: Array.from({ length: random.integer(0, 3) }, () => ({
      resourceType: random.oneOf(['photo', '9', 'paired-video', 'odd.type']),
      byteCount: random.integer(0, 1e9),
      sha256: 'ab'.repeat(32),
      modifiedAt: random.integer(0, 1e9),
      fileName: 'IMG_1.HEIC',
    })),
  }));
  return {
    inventoryId: random.oneOf(['a', 'b', 'c']),
    page: random.integer(0, 3),
    isLast: random.chance(0.3),
    assets,
  };
}

/** The same with something odd in some place. */
function spoilt(value: unknown, random: SeededRandom): unknown {
  if (random.chance(0.08)) return random.oneOf(ODD);
  if (Array.isArray(value)) return value.map((each) => spoilt(each, random));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(() => random.chance(0.97));
  return Object.fromEntries(entries.map(([name, each]) => [name, spoilt(each, random)]));
}

function bodyOf(random: SeededRandom): Buffer {
  const page = sound(random);
  const bytes = Buffer.from(JSON.stringify(random.chance(0.8) ? spoilt(page, random) : page));
  if (random.chance(0.9)) return bytes;
  const broken = Buffer.from(bytes);
  for (let count = random.integer(1, 5); count > 0; count--) {
    broken[random.integer(0, broken.length - 1)] = random.integer(0, 255);
  }
  return random.chance(0.5) ? broken : broken.subarray(0, random.integer(0, broken.length));
}

function send(phone: FakePhone, body: Uint8Array) {
  return phone.send('PUT', '/v1/inventory', { 'content-length': body.byteLength }, body);
}

it(`takes ${REQUESTS} odd inventories as they are or says why not, and goes on`, async () => {
  const random = SeededRandom.fromEnvironment();
  const said = (text: string): string => `${text} (ROOST_TEST_SEED=${random.seed})`;
  await using roost = await ServiceInTest.start();
  const phones = [await roost.phone('One'), await roost.phone('Two')];
  const statuses: Record<number, number> = {};
  for (let at = 0; at < REQUESTS; at++) {
    const body = bodyOf(random);
    const { status, headers } = await send(random.oneOf(phones), body);
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === 200) continue;
    const code = String(headers['roost-error']);
    const isExplained = isErrorCode(code) && ERRORS[code].status === status && status < 500;
    expect(isExplained, said(`${status} ${code} after ${body.toString('latin1')}`)).toBe(true);
  }
  expect(statuses[200], said(JSON.stringify(statuses))).toBeGreaterThan(REQUESTS / 20);
  expect(statuses[400], said(JSON.stringify(statuses))).toBeGreaterThan(REQUESTS / 20);

  const many = { inventoryId: 'z', page: 0, assets: Array<unknown>(5_001).fill({ assetKey: 'a' }) };
  expect((await phones[0]!.json('PUT', '/v1/inventory', many)).status).toBe(400);
  const huge = Buffer.alloc(8 * 1024 * 1024 + 1, ' ');
  expect((await send(phones[0]!, huge)).status).toBe(413);

  for (const phone of phones) {
    const asset = { assetKey: 'last', resources: [{ resourceType: 'photo' }] };
    const page = { inventoryId: 'final', page: 0, isLast: true, assets: [asset] };
    expect((await phone.json('PUT', '/v1/inventory', page)).status).toBe(200);
    const status = await phone.send('GET', '/v1/inventory', {});
    const told = JSON.parse(status.body) as InventoryStatus;
    expect(told.current).toMatchObject({ inventoryId: 'final', assetCount: 1 });
  }
  const log = await readFile(join(roost.dataFolder, 'logs', 'roost.log'), 'utf8');
  const ERROR_LEVEL = 50;
  const failures = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { level: number })
    .filter(({ level }) => level >= ERROR_LEVEL);
  expect(failures, said('failures in the log')).toEqual([]);
});
