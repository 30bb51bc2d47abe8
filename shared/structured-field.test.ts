import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { formatReprDigest, parseBoolean, parseReprDigest } from './structured-field.ts';

const anyHash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => Buffer.from(b));

it('reads back every SHA-256 it writes', () => {
  fc.assert(
    fc.property(anyHash, (hash) => {
      const field = formatReprDigest(hash.toString('hex'));
      expect(field).toBe(`sha-256=:${hash.toString('base64')}:`);
      expect(parseReprDigest(field)).toEqual({ sha256: hash.toString('hex') });
    }),
  );
});

it('reads SHA-256 and SHA-512 side by side and leaves out algorithms it does not know', () => {
  const sha256 = createHash('sha256').update('roost').digest();
  const sha512 = createHash('sha512').update('roost').digest();
  const field = `md5=:AAAA:, sha-512=:${sha512.toString('base64')}:,sha-256 = :${sha256.toString('base64')}:`;
  expect(parseReprDigest(field)).toEqual({
    sha256: sha256.toString('hex'),
    sha512: sha512.toString('hex'),
  });
});

const BASE64 = Buffer.alloc(32, 7).toString('base64');

it.each([
  undefined,
  '',
  'sha-256',
  'sha-256=',
  `sha-256=${BASE64}`,
  `sha-256=:${BASE64}`,
  `SHA-256=:${BASE64}:`,
  'sha-256=:AAAA:',
  'sha-256=::',
  `sha-256=:${'!'.repeat(44)}:`,
  `sha-512=:${BASE64}:`,
  `sha-256=:${Buffer.alloc(31).toString('base64')}:`,
  `sha-256=:${Buffer.alloc(33).toString('base64')}:`,
])('ignores the malformed digest %j', (field) => {
  expect(parseReprDigest(field)).toEqual({});
});

it('never fails, whatever the field says', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 0xff })), (bytes) => {
      const field = String.fromCharCode(...bytes);
      parseReprDigest(field);
      parseBoolean(field);
    }),
  );
});

it('reads the booleans of RFC 8941 and nothing else', () => {
  expect(['?1', ' ?0 ', 'true', '1', '?2', '', undefined].map(parseBoolean)).toEqual([
    true,
    false,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
