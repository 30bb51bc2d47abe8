import type { SeededRandom } from '../support/seeded-random.ts';

const VALUES: readonly string[] = [
  '',
  ' ',
  '\t',
  '0',
  '1',
  '5',
  '-1',
  '+5',
  '1.5',
  '1e3',
  '0x10',
  '007',
  '5, 5',
  '5, 6',
  '999999999999999',
  '9007199254740993',
  '99999999999999999999999',
  'NaN',
  'Infinity',
  '?0',
  '?1',
  '?2',
  '?1;x=1',
  'true',
  '"8"',
  '3',
  '6',
  '8',
  '1.0.0',
  ':AAAA:',
  'sha-256=:AAAA:',
  'sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:',
  'sha-512=::, sha-256=:::',
  'sha1 AAAA',
  'sha1 2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
  'md5 ',
  'final;/v1/uploads/x',
  'partial',
  'chunked',
  'chunked, chunked',
  'gzip, chunked',
  'xchunked',
  'identity',
  '100-continue',
  'close',
  'keep-alive, Upgrade',
  'upgrade',
  'websocket',
  'application/json',
  'application/offset+octet-stream',
  'application/partial-upload',
  'multipart/form-data; boundary=',
  'application/x-www-form-urlencoded; charset="\\"',
  'PATCH',
  'DELETE',
  'CONNECT',
  'filename QQ==',
  'filename QQ==,filename QQ==',
  'filename !!!,',
  'Bearer',
  'Bearer  ',
  'Basic QTpC',
  'Bearer roost_0000000000000000_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  '%00',
  '%ZZ',
  '%F0%9F%92%A9',
  '%ED%A0%80',
  '../../../etc/passwd',
  'C:\\Windows\\win.ini',
  '__proto__',
  'constructor',
  '${7*7}',
  '<script>',
  "'; DROP TABLE jobs; --",
  '9999-12-31T23:59:59Z',
  '-271821-04-20T00:00:00Z',
  '2026-02-30T00:00:00+99:99',
  '999,999',
  '47.37,8.54',
  'bytes=0-',
  '*',
  'a.example/x?y',
  'user@a.example:99999',
  '[::1',
  'x\u0000y',
  'x\u007fy',
  'x\u00ffy',
  'x\u000by',
  'x\r\nInjected: yes',
  'x\nInjected: yes',
  'x\ry',
  '\r\n folded',
];

/** A field value that no proper client would send; now and then a very long one. */
export function nastyValue(random: SeededRandom): string {
  if (random.chance(0.01)) return 'x'.repeat(random.integer(1_000, 70_000));
  if (random.chance(0.05)) return random.bytes(random.integer(1, 40)).toString('latin1');
  return random.oneOf(VALUES);
}

/** As `nastyValue`, of characters that HTTP allows: it comes as far as the code behind the parser. */
export function oddValue(random: SeededRandom): string {
  const value = nastyValue(random);
  // eslint-disable-next-line no-control-regex -- exactly these are not allowed
  return value.replaceAll(/[\u0000-\u0008\u000a-\u001f\u007f]/g, '');
}

/** Fields that the parser of HTTP itself reads. */
const FRAMING_FIELDS: readonly string[] = [
  'Content-Length',
  'Transfer-Encoding',
  'Host',
  'Upgrade',
];

/** Fields that only the code behind it reads. */
export const CONTENT_FIELDS: readonly string[] = [
  'Content-Type',
  'Content-Encoding',
  'Content-Digest',
  'Content-Disposition',
  'Expect',
  'Authorization',
  'Upload-Draft-Interop-Version',
  'Upload-Complete',
  'Upload-Incomplete',
  'Upload-Offset',
  'Upload-Length',
  'Upload-Defer-Length',
  'Upload-Metadata',
  'Upload-Checksum',
  'Upload-Concat',
  'Upload-Limit',
  'Upload-Expires',
  'Tus-Resumable',
  'Tus-Version',
  'X-HTTP-Method-Override',
  'Repr-Digest',
  'Want-Repr-Digest',
  'Roost-Filename',
  'Roost-Created-At',
  'Roost-Modified-At',
  'Roost-Favorite',
  'Roost-Location',
  'Roost-Cloud-Id',
  'Roost-Burst-Id',
  'Range',
  'If-Match',
  'If-None-Match',
  'Cookie',
  'Origin',
  'TE',
  'Trailer',
  'X-Forwarded-Host',
  'Forwarded',
];

export const FIELDS: readonly string[] = [...FRAMING_FIELDS, 'Connection', ...CONTENT_FIELDS];

const PATHS: readonly string[] = [
  '/',
  '*',
  '/v1/ping',
  '/v1/pair',
  '/v1/check',
  '/v1/assets/a/photo',
  '/v1/assets/a/photo/',
  '/v1/assets//photo',
  '/v1/assets/%2e%2e%2f%2e%2e%2fx/photo',
  '/v1/assets/a/..%2f..%2fx',
  '/v1/assets/%00/photo',
  '/v1/assets/%/photo',
  '/v1/assets/%C0%AF/photo',
  '/v1/assets/%ED%A0%80/photo',
  '/v1/assets/__proto__/constructor',
  '/v1/assets/a/99999',
  '/v1/assets/a/100000',
  '/v1/uploads/',
  '/v1/uploads/AAAAAAAAAAAAAAAAAAAAAAAA',
  '/v1/uploads/..%2f..%2fsecret.txt',
  '/v1/uploads/%00',
  '/v1/uploads/__proto__',
  '/web-upload/..%2f..%2fsecret.txt',
  '/web-upload/app.js',
  '/..',
  '/../../secret.txt',
  '//evil.example/v1/ping',
  'http://evil.example/v1/ping',
  'http://',
  'evil.example:80',
  '/v1/ping#x',
  '/v1/ping?x=%',
];

const UNSPEAKABLE_PATHS: readonly string[] = ['', '/v1/\u0000', '/v1/a b', '\\v1\\ping'];

/** @param known addresses that exist at the moment */
export function oddPath(random: SeededRandom, known: readonly string[]): string {
  if (random.chance(0.005)) return `/v1/assets/${'k'.repeat(random.integer(900, 60_000))}/photo`;
  return random.chance(0.7) ? random.oneOf(known) : random.oneOf(PATHS);
}

/** A path that HTTP itself does not allow. */
export function brokenPath(random: SeededRandom): string {
  return random.chance(0.5)
    ? random.oneOf(UNSPEAKABLE_PATHS)
    : `/${random.bytes(random.integer(1, 30)).toString('latin1')}`;
}

const METHODS: readonly string[] = [
  ...['PUT', 'PUT', 'PUT', 'POST', 'POST', 'PATCH', 'PATCH', 'HEAD', 'GET', 'DELETE', 'OPTIONS'],
  ...['TRACE', 'PROPFIND', 'SEARCH', 'M-SEARCH'],
];
const BROKEN_METHODS: readonly string[] = ['', 'put', 'P\u0000T', 'GETGET', 'PRI', 'CONNECT'];

export function someMethod(random: SeededRandom): string {
  return random.oneOf(METHODS);
}

export function brokenMethod(random: SeededRandom): string {
  return random.oneOf(BROKEN_METHODS);
}

const BROKEN_VERSIONS: readonly string[] = ['HTTP/0.9', 'HTTP/2.0', 'HTTP/1.1 x', 'http/1.1', ''];

export function brokenVersion(random: SeededRandom): string {
  return random.oneOf(BROKEN_VERSIONS);
}

const JSON_BODIES: readonly string[] = [
  '',
  'null',
  '[]',
  '{}',
  '"x"',
  '{"code":null,"device":{}}',
  '{"code":"12345678","device":{"name":""}}',
  '{"code":"12345678","device":{"name":"x","__proto__":{"a":1}}}',
  '{"code":12345678,"device":[]}',
  '{"resources":{}}',
  '{"resources":[null]}',
  '{"resources":[{"assetKey":"a","resourceType":"photo","byteCount":-1}]}',
  '{"resources":[{"assetKey":"a","resourceType":"photo","byteCount":1e308}]}',
  '{"resources":[{"assetKey":"a","resourceType":"\\ud800"}]}',
  '{"resources":[{"assetKey":"\\u0000","resourceType":"photo","modifiedAt":9e15}]}',
  '{"resources":[{"assetKey":"a","resourceType":"photo","sha256":"zz"}]}',
  '{"resources":[',
  '\ufeff{}',
  '{"a":1}{"a":1}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `{"resources":${'[{"a":'.repeat(3_000)}`,
];

export function someBody(random: SeededRandom): Buffer {
  if (random.chance(0.3)) return Buffer.from(random.oneOf(JSON_BODIES));
  return random.bytes(random.integer(0, 1500));
}
