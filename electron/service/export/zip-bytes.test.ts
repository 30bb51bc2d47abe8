import { expect, it } from 'vitest';

import { filesOfZip } from '../../../tests/support/unzipped.ts';

import { zipBytes, type ZipEntry } from './zip-bytes.ts';

async function zipOf(entries: Iterable<ZipEntry>): Promise<Buffer> {
  const records: Buffer[] = [];
  const directory = { addRecord: (record: Buffer) => records.push(record), records: () => records };
  const parts: Buffer[] = [];
  for await (const part of zipBytes(inTurn(entries), directory)) parts.push(part);
  return Buffer.concat(parts);
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of entries, as exports give them
async function* inTurn(entries: Iterable<ZipEntry>): AsyncGenerator<ZipEntry> {
  yield* entries;
}

const mtime = new Date(2019, 7, 15, 12, 30, 20);

it('holds more files than two bytes count', async () => {
  const count = 66_000;
  const entries = Array.from({ length: count }, (_, at) => {
    const parts = [Buffer.from(String(at))];
    return { name: `IMG_${at}.JPG`, mtime, byteCount: 1, parts };
  });
  const files = filesOfZip(await zipOf(entries));
  expect(files.size).toBe(count);
  expect(files.get('IMG_65999.JPG')?.toString()).toBe('65999');
});

it('says of a file that four bytes do not count that the sizes after it have eight', async () => {
  const large = {
    name: 'a.mov',
    mtime,
    byteCount: 2 ** 32,
    parts: [Buffer.from('as it was read')],
  };
  const zip = await zipOf([large]);
  expect(filesOfZip(zip).get('a.mov')?.toString()).toBe('as it was read');
  expect([zip.readUInt16LE(4), zip.readUInt32LE(18)]).toEqual([45, 0xffffffff]);
  expect(zip.readBigUInt64LE(zip.indexOf('as it was read') + 14 + 8)).toBe(14n);
});

it('has times of before 1980 as the oldest that zips know', async () => {
  const old = { name: 'a', mtime: new Date(1970, 0, 1), byteCount: 0, parts: [] };
  const zip = await zipOf([old]);
  expect(zip.readUInt32LE(10)).toBe(((1 << 21) | (1 << 16)) >>> 0);
  expect(filesOfZip(zip).get('a')?.byteLength).toBe(0);
});
