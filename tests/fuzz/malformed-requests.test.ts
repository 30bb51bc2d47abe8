import { readFile, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { expect, it } from 'vitest';

import { isErrorCode, ERRORS } from '../../shared/error-catalogue.ts';
import { journaledReceipts } from '../support/core-lab.ts';
import { ResumingPhone } from '../support/resuming-phone.ts';
import { SeededRandom } from '../support/seeded-random.ts';
import { ServiceInTest } from '../support/service-in-test.ts';

import { sendAll, type FuzzOutcome } from './fuzz-connection.ts';
import { requestsForOneConnection, SMUGGLED_KEY, type RequestMaking } from './malformed-request.ts';

const REQUESTS = 22_000;
const LANES = 32;
/** Codes that say that Roost itself is at fault. */
const OUR_FAULT = ['service/failed', 'library/write-failed'];

it(
  `survives ${REQUESTS} malformed requests: no crash, no file astray, no unexplained error`,
  { timeout: 300_000 },
  async () => {
    const random = SeededRandom.fromEnvironment();
    const said = (text: string): string => `${text} (ROOST_TEST_SEED=${random.seed})`;
    await using roost = await ServiceInTest.start();
    const phone = await roost.phone('Fuzz phone');
    const resuming = new ResumingPhone(roost.lanUrl, phone.token, 8);
    const folder = dirname(roost.libraryFolder);
    const around = await readdir(folder);
    const dataFiles = await readdir(roost.dataFolder);

    const knownPaths = ['/v1/assets/known/photo', '/v1/pair', '/v1/check'];
    knownPaths.push('/api/assets', '/api/assets/background', '/api/users/me', '/api/sync/ack');
    for (let count = 0; count < 6; count++) {
      const url = await resuming.reserve({ assetKey: `open-${count}` });
      knownPaths.push(new URL(url).pathname);
    }

    const strangers = await run(roost, { random, token: undefined, knownPaths }, REQUESTS / 2);
    expect(await roost.originals(), said('strangers stored something')).toEqual([]);
    const trusted = await run(roost, { random, token: phone.token, knownPaths }, REQUESTS / 2);

    for (const { wrong, stuckCount } of [strangers, trusted]) {
      expect(wrong.slice(0, 5), said('answers that nothing explains')).toEqual([]);
      expect(stuckCount, said('connections that were never closed')).toBe(0);
    }
    expect(await readdir(folder)).toEqual(around);
    expect(await readdir(roost.dataFolder)).toEqual(dataFiles);

    const bytes = Buffer.from('the photo after all that');
    expect((await phone.upload({ assetKey: 'after', bytes })).status).toBe(201);
    const url = await resuming.reserve({ assetKey: 'after, resumed' });
    const last = Buffer.from('and the one that was resumed');
    expect((await resuming.finish(url, last)).status).toBe(201);

    // Uploads whose device did not wait for the answer end first.
    await roost.running.close({ graceMs: 20_000 });
    const receipts = await journaledReceipts(roost.libraryFolder);
    expect(await roost.originals()).toEqual(receipts.map(({ path }) => path).sort());
    expect(receipts.filter(({ assetKey }) => assetKey === SMUGGLED_KEY)).toEqual([]);
    expect(await loggedFailures(roost), said('failures in the log')).toEqual([]);
    const statuses = sum(strangers.statuses, trusted.statuses);
    const answerCount = Object.values(statuses).reduce((all, count) => all + count, 0);
    // Requests that die in the parser alone would prove little.
    expect(answerCount).toBeGreaterThan(REQUESTS / 2);
    expect(receipts.length).toBeGreaterThan(10);
    process.stdout.write(
      `fuzz: ROOST_TEST_SEED=${random.seed}, ${strangers.requestCount + trusted.requestCount} requests, ` +
        `answers ${JSON.stringify(statuses)}, ${receipts.length} stored\n`,
    );
  },
);

interface FuzzResult {
  readonly requestCount: number;
  readonly statuses: Readonly<Record<number, number>>;
  readonly wrong: readonly string[];
  readonly stuckCount: number;
}

async function run(
  roost: ServiceInTest,
  making: RequestMaking,
  atLeast: number,
): Promise<FuzzResult> {
  const { random } = making;
  const statuses: Record<number, number> = {};
  const wrong: string[] = [];
  let requestCount = 0;
  let stuckCount = 0;
  const lane = async (): Promise<void> => {
    while (requestCount < atLeast) {
      const requests = requestsForOneConnection(making);
      requestCount += requests.length;
      const { answers, isStuck }: FuzzOutcome = await sendAll(roost.lanUrl, requests, random);
      if (isStuck) stuckCount += 1;
      for (const { status, code } of answers) {
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (isExplained(status, code)) continue;
        wrong.push(
          `${status} ${code} after ${JSON.stringify(Buffer.concat(requests).toString('latin1')).slice(0, 600)}`,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { requestCount, statuses, wrong, stuckCount };
}

/** Every error comes from the catalogue with its status; the few without a code come from the HTTP layer below. */
function isExplained(status: number, code: string | undefined): boolean {
  if (status >= 300 && status < 400) return false;
  if (code !== undefined && isErrorCode(code)) {
    const isChecksum = status === 460 && code === 'upload/part-digest-mismatch';
    // Immich's clients know fewer.
    const isLike = status === 400 && ERRORS[code].status === 422;
    return !OUR_FAULT.includes(code) && (ERRORS[code].status === status || isChecksum || isLike);
  }
  return status < 300 || [400, 408, 413, 417, 431].includes(status);
}

function sum(
  ...all: readonly Readonly<Record<number, number>>[]
): Readonly<Record<number, number>> {
  const total: Record<number, number> = {};
  for (const counts of all) {
    for (const [status, count] of Object.entries(counts)) {
      total[Number(status)] = (total[Number(status)] ?? 0) + count;
    }
  }
  return total;
}

/** On upload routes Roost closes the connection when it fails: only its log tells. */
async function loggedFailures(roost: ServiceInTest): Promise<unknown[]> {
  const ERROR_LEVEL = 50;
  const text = await readFile(join(roost.dataFolder, 'logs', 'roost.log'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { level: number })
    .filter(({ level }) => level >= ERROR_LEVEL);
}
