import { connect } from 'node:net';

import type { SeededRandom } from '../support/seeded-random.ts';

/** When nothing more comes for so long the device gives up; it paces the test and decides nothing. */
const PATIENCE_MS = 150;
/** A connection that the device has ended and that Roost holds on to for so long is stuck. */
const STUCK_AFTER_MS = 20_000;
const LAST_REQUEST = 'GET /v1/ping HTTP/1.1\r\nHost: roost\r\nConnection: close\r\n\r\n';

export interface HeardAnswerHead {
  readonly status: number;
  /** `Roost-Error`, where there is one. */
  readonly code: string | undefined;
}

export interface FuzzOutcome {
  readonly answers: readonly HeardAnswerHead[];
  readonly isStuck: boolean;
}

/** Sends requests on one connection, one behind the other, and ends it in one of the ways phones do. */
export function sendAll(
  lanUrl: string,
  requests: readonly Buffer[],
  random: SeededRandom,
): Promise<FuzzOutcome> {
  const { hostname, port } = new URL(lanUrl);
  const ending = random.oneOf(['wait', 'wait', 'wait', 'wait', 'close', 'reset'] as const);
  const slices = random.chance(0.1);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const heard: Buffer[] = [];
    let isStuck = false;
    const stuck = setTimeout(() => {
      isStuck = true;
      socket.destroy();
    }, STUCK_AFTER_MS);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => heard.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(stuck);
      resolve({ answers: answersIn(Buffer.concat(heard).toString('latin1')), isStuck });
    });
    if (ending === 'wait') socket.setTimeout(PATIENCE_MS, () => socket.end());
    socket.once('connect', () => {
      const all = Buffer.concat([...requests, Buffer.from(LAST_REQUEST)]);
      const half = slices ? Math.floor(all.byteLength / 2) : 0;
      if (half > 0) socket.write(all.subarray(0, half));
      socket.write(all.subarray(half), () => {
        if (ending === 'close') socket.end();
        if (ending === 'reset') socket.resetAndDestroy();
      });
    });
  });
}

function answersIn(text: string): HeardAnswerHead[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) [^\r\n]*\r\n(?:[^\r\n]+\r\n)*/g)].map((match) => ({
    status: Number(match[1]),
    code: /^roost-error: (\S+)/im.exec(match[0])?.[1],
  }));
}
