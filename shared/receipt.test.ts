import { expect, it } from 'vitest';

import { deviceRecordSchema, journalEntrySchema, receiptSchema } from './receipt.ts';

const id = '7b0f4f4e-9a53-4c8e-8d5b-1f0f2b1c9a10';
const receipt = {
  receiptId: id,
  assetId: id,
  deviceId: id,
  assetKey: 'A/L0/001',
  resourceType: 'photo',
  path: 'Phone/2026/2026-11/IMG_1.HEIC',
  byteCount: 1,
  sha256: 'a'.repeat(64),
  captureTime: { local: '2026-11-21T12:00:00', offsetMinutes: 60, source: 'exif' },
  told: {},
  jobId: id,
  startedAt: 1,
  storedAt: 2,
};

it('takes a receipt with nothing told', () => {
  expect(receiptSchema.parse(receipt)).toEqual(receipt);
});

it.each([
  { byteCount: 0 },
  { byteCount: 1.5 },
  { sha256: 'A'.repeat(64) },
  { sha256: '' },
  { receiptId: 'x' },
  { storedAt: Number.NaN },
  { captureTime: { local: '2026-11-21', source: 'exif' } },
  { captureTime: { local: '2026-11-21T12:00:00', source: 'guess' } },
  { told: { location: { latitude: 91, longitude: 0 } } },
])('refuses a receipt with %j', (change) => {
  expect(receiptSchema.safeParse({ ...receipt, ...change }).success).toBe(false);
});

it.each([
  '../secret.txt',
  '/etc/passwd',
  'Phone/../../secret.txt',
  'Phone//IMG_1.HEIC',
  'Phone/./IMG_1.HEIC',
  'Phone\\..\\..\\secret.txt',
  'C:/secret.txt',
  'Phone/IMG_1.HEIC\0.txt',
  '.roost/library.json',
  '.ROOST/journal/2026-11.jsonl',
  '',
  'x/'.repeat(3000),
])('refuses a receipt whose path %j would lead elsewhere', (path) => {
  expect(receiptSchema.safeParse({ ...receipt, path }).success).toBe(false);
});

it.each(['../outside', 'a/b', '..', '.roost', ''])(
  'refuses a device with the folder %j',
  (folder) => {
    const device = { deviceId: id, name: 'Phone', model: '', platform: '', app: '', pairedAt: 1 };
    expect(deviceRecordSchema.safeParse({ ...device, folder: 'Phone' }).success).toBe(true);
    expect(deviceRecordSchema.safeParse({ ...device, folder }).success).toBe(false);
  },
);

it('tells the kinds of journal entry apart and refuses others', () => {
  expect(journalEntrySchema.parse({ entry: 'receipt', ...receipt }).entry).toBe('receipt');
  const { receiptId, assetId, deviceId, assetKey, resourceType, told, jobId, startedAt } = receipt;
  const link = { receiptId, assetId, deviceId, assetKey, resourceType, told, jobId, startedAt };
  expect(journalEntrySchema.parse({ entry: 'link', ...link, linkId: id, linkedAt: 3 }).entry).toBe(
    'link',
  );
  expect(journalEntrySchema.safeParse({ entry: 'receipt', ...link }).success).toBe(false);
  expect(journalEntrySchema.safeParse({ entry: 'gift', ...receipt }).success).toBe(false);
});
