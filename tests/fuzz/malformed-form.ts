import { formBody, formType, type FormPart } from '../immich/support/form-body.ts';
import type { SeededRandom } from '../support/seeded-random.ts';

import { nastyValue } from './nasty-values.ts';

const NAMES = [
  ...['fileCreatedAt', 'fileModifiedAt', 'isFavorite', 'filename', 'metadata', 'deviceAssetId'],
  ...['livePhotoVideoId', 'visibility', 'fileSize', 'duration', '__proto__', ''],
];

const JSON_PATHS = [
  ...['/api/assets/bulk-upload-check', '/api/search/metadata', '/api/sync/stream', '/api/sync/ack'],
  ...['/api/assets/metadata', '/api/auth/login', '/api/assets', '/api/asset/bulk-upload-check'],
];

const JSON_VALUES = [
  ...[
    '{}',
    '[]',
    'null',
    '{"types":["AssetsV2"]}',
    '{"types":["AssetsV2"],"reset":1}',
    '{"acks":["x"]}',
  ],
  ...[
    '{"acks":["SyncResetV1|"]}',
    '{"acks":["AssetV2|x|NaN"]}',
    '{"assets":[{"id":"","checksum":""}]}',
  ],
  ...['{"assets":{}}', '{"ids":["x"],"isFavorite":true}', '{"items":[]}', '{"checksum":1e400}'],
  ...[
    '{"email":"a","password":"b"}',
    '{"page":-1,"size":1e9}',
    '{"__proto__":{"types":[]}}',
    '{"a":',
  ],
];

/** A request in Immich's protocol that is mostly wrong: forms of any shape, cut, changed, and JSON that is none. */
export function immichRequest(random: SeededRandom, token: string | undefined): Buffer {
  return random.chance(0.5) ? formRequest(random, token) : jsonRequest(random, token);
}

function formRequest(random: SeededRandom, token: string | undefined): Buffer {
  const parts: FormPart[] = Array.from({ length: random.integer(0, 60) % 8 }, () =>
    somePart(random),
  );
  const whole = formBody(parts);
  const body = random.chance(0.3) ? whole.subarray(0, random.integer(0, whole.byteLength)) : whole;
  for (
    let count = random.chance(0.3) ? random.integer(1, 6) : 0;
    count > 0 && body.byteLength > 0;
    count--
  ) {
    body[random.integer(0, body.byteLength - 1)] = random.integer(0, 255);
  }
  const type = random.chance(0.9) ? formType : 'multipart/form-data; boundary=';
  return post(random, token, random.oneOf(['/api/assets', '/api/asset/upload']), type, body);
}

function somePart(random: SeededRandom): FormPart {
  if (random.chance(0.6)) return [random.oneOf(NAMES), nastyValue(random)];
  return {
    name: random.oneOf(['assetData', 'assetData', 'sidecarData', 'other']),
    fileName: random.oneOf(['IMG_1.JPG', '../../x', '', 'a"b', '\u0000']),
    contentType: random.oneOf(['image/jpeg', 'video/mp4', 'x', '']),
    bytes: random.bytes(random.integer(0, 3000)),
  };
}

function jsonRequest(random: SeededRandom, token: string | undefined): Buffer {
  const body = Buffer.from(random.oneOf(JSON_VALUES));
  return post(random, token, random.oneOf(JSON_PATHS), 'application/json', body);
}

function post(
  random: SeededRandom,
  token: string | undefined,
  path: string,
  type: string,
  body: Buffer,
): Buffer {
  const carrier = random.oneOf(['Authorization: Bearer ', 'x-api-key: ', 'x-immich-user-token: ']);
  const method = random.oneOf(['POST', 'POST', 'POST', 'PUT', 'DELETE']);
  const checksum = random.oneOf([
    '',
    '',
    'x-immich-checksum: x\r\n',
    `x-immich-checksum: ${'a'.repeat(40)}\r\n`,
  ]);
  const head =
    `${method} ${path} HTTP/1.1\r\nHost: roost\r\n${token === undefined ? '' : `${carrier}${token}\r\n`}` +
    `${checksum}Content-Type: ${type}\r\nContent-Length: ${body.byteLength}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
