import type { SeededRandom } from '../support/seeded-random.ts';

import { immichRequest } from './malformed-form.ts';
import {
  brokenMethod,
  brokenPath,
  brokenVersion,
  CONTENT_FIELDS,
  FIELDS,
  nastyValue,
  oddPath,
  oddValue,
  someBody,
  someMethod,
} from './nasty-values.ts';

export interface RequestMaking {
  readonly random: SeededRandom;
  /** Sent with most requests where it is there. */
  readonly token: string | undefined;
  readonly knownPaths: readonly string[];
}

/** The key of an upload that stands inside of other requests' bodies: it must never be seen as a request. */
export const SMUGGLED_KEY = 'smuggled';

/** Requests for one connection: well-formed HTTP that makes little sense, then perhaps one that is no HTTP. */
export function requestsForOneConnection(making: RequestMaking): Buffer[] {
  const { random } = making;
  // A refusal before the end of a body ends the connection: long rows would mostly go unheard.
  const length = random.chance(0.9) ? 1 : random.integer(2, 8);
  const requests = Array.from({ length }, () => oddRequest(making));
  if (random.chance(0.3)) requests.push(brokenRequest(making));
  return requests;
}

/** A request that the parser takes, with fields that contradict each other or are nonsense; some are right. */
function oddRequest(making: RequestMaking): Buffer {
  const { random } = making;
  if (random.chance(0.15)) return immichRequest(random, making.token);
  const body = random.chance(0.6) ? someBody(random) : Buffer.alloc(0);
  const isChunked = random.chance(0.2);
  const lines = fields(making, body, isChunked);
  for (let count = random.integer(0, 3); count > 0; count--) {
    lines.push(`${random.oneOf(CONTENT_FIELDS)}: ${oddValue(random)}`);
  }
  const first = `${someMethod(random)} ${oddPath(random, making.knownPaths)} HTTP/1.${random.chance(0.97) ? 1 : 0}`;
  return requestOf([first, ...lines], isChunked ? chunked(random, body, 0) : body);
}

/** A request that is wrong as HTTP, in a few places. */
function brokenRequest(making: RequestMaking): Buffer {
  const { random } = making;
  if (random.chance(0.05)) return random.bytes(random.integer(1, 300));
  if (random.chance(0.15)) return smugglingRequest(making);
  const body = random.chance(0.7) ? someBody(random) : Buffer.alloc(0);
  const isChunked = random.chance(0.5);
  const method = random.chance(0.1) ? brokenMethod(random) : someMethod(random);
  const path = random.chance(0.1) ? brokenPath(random) : oddPath(random, making.knownPaths);
  const version = random.chance(0.1) ? brokenVersion(random) : 'HTTP/1.1';
  const lines = fields(making, body, isChunked);
  for (let count = random.integer(1, 3); count > 0; count--) {
    lines.splice(random.integer(0, lines.length), 0, brokenField(random));
  }
  if (random.chance(0.02)) {
    for (let count = 0; count < 2500; count++) lines.push(`X-${count}: ${count}`);
  }
  const whole = requestOf(
    [`${method} ${path} ${version}`, ...lines],
    isChunked ? chunked(random, body, 0.1) : body,
    random.chance(0.05) ? '\n' : '\r\n',
  );
  if (random.chance(0.2)) return whole.subarray(0, random.integer(1, whole.byteLength));
  if (random.chance(0.2)) whole[random.integer(0, 200) % whole.byteLength] = random.integer(0, 255);
  return whole;
}

function requestOf(lines: readonly string[], body: Buffer, end = '\r\n'): Buffer {
  return Buffer.concat([Buffer.from(`${lines.join(end)}${end}${end}`, 'latin1'), body]);
}

function fields({ random, token }: RequestMaking, body: Buffer, isChunked: boolean): string[] {
  const lines = ['Host: roost'];
  if (token !== undefined && random.chance(0.95)) lines.push(`Authorization: Bearer ${token}`);
  lines.push(isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.byteLength}`);
  lines.push(...dialectFields(random));
  if (random.chance(0.4)) lines.push(`Upload-Offset: ${random.integer(0, 20)}`);
  if (random.chance(0.3)) {
    const type = random.oneOf(['application/partial-upload', 'application/offset+octet-stream']);
    lines.push(`Content-Type: ${type}`);
  }
  return lines;
}

function dialectFields(random: SeededRandom): string[] {
  switch (random.oneOf(['ietf', 'ietf', 'tus', 'plain', 'plain'] as const)) {
    case 'ietf':
      return [
        `Upload-Draft-Interop-Version: ${random.integer(2, 9)}`,
        `Upload-Complete: ?${random.integer(0, 1)}`,
      ];
    case 'tus':
      return ['Tus-Resumable: 1.0.0', `Upload-Length: ${random.integer(0, 3000)}`];
    case 'plain':
      return [];
  }
}

function brokenField(random: SeededRandom): string {
  const name = random.oneOf(FIELDS);
  const value = nastyValue(random);
  switch (random.integer(0, 11)) {
    case 0:
      return `${name}:${value}`;
    case 1:
      return `${name} : ${value}`;
    case 2:
      return ` ${name}: ${value}`;
    case 3:
      return `${name}\u0000: ${value}`;
    case 4:
      return name;
    case 5:
      return `: ${value}`;
    default:
      return `${name}: ${value}`;
  }
}

/** A chunked body, broken in each place with this probability. */
function chunked(random: SeededRandom, body: Buffer, wrongness: number): Buffer {
  const parts: Buffer[] = [];
  const text = (value: string): number => parts.push(Buffer.from(value, 'latin1'));
  for (let at = 0; at < body.byteLength;) {
    const chunk = body.subarray(at, at + random.integer(1, 500));
    at += chunk.byteLength;
    const size = random.chance(wrongness)
      ? random.oneOf(['-1', 'g', '', 'ffffffffffffffffffff', '0x5', ' 5', '5 ', '1;a="', '5\u0000'])
      : chunk.byteLength.toString(16);
    const extension = random.chance(0.05) ? `;x=${'y'.repeat(random.integer(0, 300))}` : '';
    text(`${size}${extension}\r\n`);
    parts.push(chunk);
    text(random.chance(wrongness) ? '\n' : '\r\n');
  }
  if (!random.chance(wrongness)) text('0\r\n');
  if (random.chance(wrongness)) text(`Trailer-${nastyValue(random)}: x\r\n`);
  if (!random.chance(wrongness)) text('\r\n');
  return Buffer.concat(parts);
}

/** Two lengths that disagree, in many spellings, with a whole upload where only one of them sees a request. */
function smugglingRequest({ random, token, knownPaths }: RequestMaking): Buffer {
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  const inner =
    `PUT /v1/assets/${SMUGGLED_KEY}/photo HTTP/1.1\r\nHost: roost\r\n${authorization}` +
    'Content-Length: 5\r\n\r\nabcde';
  const body = `0\r\n\r\n${inner}`;
  const length = body.length;
  const lengths = random.oneOf([
    `Content-Length: ${length}\r\nTransfer-Encoding: chunked\r\n`,
    `Transfer-Encoding: chunked\r\nContent-Length: ${length}\r\n`,
    `Content-Length: 5\r\nContent-Length: ${length}\r\n`,
    `Content-Length: ${length}, 5\r\n`,
    `Content-Length: +${length}\r\n`,
    `Content-Length:${length}\r\nTransfer-Encoding : chunked\r\n`,
    `Content-Length: ${length}\r\nTransfer-Encoding:\u000bchunked\r\n`,
    `Content-Length: ${length}\r\nTransfer-Encoding: xchunked\r\n`,
    `Content-Length: ${length}\r\nTransfer-Encoding: chunked, identity\r\n`,
    `Content-Length: ${length}\r\nX: y\nTransfer-Encoding: chunked\r\n`,
    `Content-Length: ${length}\r\nX:\r\n Transfer-Encoding: chunked\r\n`,
    `Content-Length: ${length}\r\n`,
  ]);
  return Buffer.from(
    `POST ${random.oneOf(knownPaths)} HTTP/1.1\r\nHost: roost\r\n${authorization}${lengths}\r\n${body}`,
    'latin1',
  );
}
