/**
 * The sending side, a process of its own so that it costs every server the same: it takes a plan on standard
 * input, sends it, and prints what it saw. It neither hashes nor makes bytes while the clock runs.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { randomFillSync } from 'node:crypto';
import { Agent, request, type ClientRequest, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import { loadPlanSchema, type LoadResult, type PlannedUpload } from './load-plan.ts';
import { NotResumableError, resumeUpload, startInterrupted } from './interrupted-upload.ts';

/** Bodies larger than this are this much noise, again and again. */
const BLOCK_BYTES = 4 * 1024 * 1024;

const plan = loadPlanSchema.parse(JSON.parse(await text(process.stdin)));
const block = plan.bodyFile
  ? await readFile(plan.bodyFile)
  : randomFillSync(Buffer.alloc(BLOCK_BYTES));

function open(agent: Agent, options: { method: string; path: string; headers: object }) {
  return request({
    ...options,
    headers: { ...options.headers },
    agent,
    host: '127.0.0.1',
    port: plan.port,
  });
}

/** Writes the bytes of a body from one offset up to another, no faster than they are taken. */
async function writeBody(
  outgoing: ClientRequest,
  { byteCount, stamp }: PlannedUpload,
  from: number,
  to: number,
): Promise<void> {
  const tail = Buffer.from(stamp);
  const tailAt = byteCount - tail.byteLength;
  for (let at = from; at < to;) {
    const inBlock = at % block.byteLength;
    const part =
      at < tailAt
        ? block.subarray(inBlock, Math.min(block.byteLength, inBlock + Math.min(to, tailAt) - at))
        : tail.subarray(at - tailAt, to - tailAt);
    at += part.byteLength;
    if (!outgoing.write(part) && at < to) await once(outgoing, 'drain');
  }
}

async function answerTo(outgoing: ClientRequest): Promise<void> {
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  const body = await text(response);
  const status = response.statusCode ?? 0;
  if (status !== 200 && status !== 201 && status !== 204) {
    throw new Error(`the server answered ${status}: ${body.slice(0, 500)}`);
  }
}

async function send(agent: Agent, upload: PlannedUpload): Promise<void> {
  const outgoing = open(agent, {
    ...upload,
    headers: { ...upload.headers, 'content-length': String(upload.byteCount) },
  });
  const answered = answerTo(outgoing);
  answered.catch(() => undefined);
  await writeBody(outgoing, upload, 0, upload.byteCount);
  outgoing.end();
  await answered;
}

async function sendInterrupted(agent: Agent, upload: PlannedUpload): Promise<void> {
  const parts = { open: open.bind(undefined, agent), writeBody, answerTo };
  const location = await startInterrupted(upload, parts);
  await resumeUpload(upload, location, parts);
}

async function runPlan(): Promise<LoadResult> {
  const waiting = plan.uploads.toReversed();
  const answerMs: number[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const work = async (): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let upload = waiting.pop(); upload; upload = waiting.pop()) {
      const sentAt = performance.now();
      await (plan.isInterrupted ? sendInterrupted(agent, upload) : send(agent, upload));
      answerMs.push(performance.now() - sentAt);
    }
    agent.destroy();
  };
  await Promise.all(Array.from({ length: plan.connectionCount }, work));
  const wallMs = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    wallMs,
    answerMs,
    byteCount: plan.uploads.reduce((sum, { byteCount }) => sum + byteCount, 0),
    clientCpuMs: (user + system) / 1000,
  };
}

const result = await runPlan().catch((error: unknown): LoadResult => {
  if (!(error instanceof NotResumableError)) throw error;
  return { wallMs: 0, answerMs: [], byteCount: 0, clientCpuMs: 0, notResumable: error.message };
});
process.stdout.write(JSON.stringify(result));
// A connection that was left hanging in an interrupted upload must not keep the process.
process.exit();
