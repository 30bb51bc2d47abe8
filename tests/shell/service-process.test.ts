import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { ServiceState } from '../../electron/main/service-supervisor.ts';
import { HostedService } from './hosted-service.ts';

type Ready = Extract<ServiceState, { kind: 'ready' }>;
type Down = Extract<ServiceState, { kind: 'down' }>;

const isReady = (state: ServiceState): state is Ready => state.kind === 'ready';
const isDown = (state: ServiceState): state is Down => state.kind === 'down';
const isReceiving = (state: ServiceState): state is Ready =>
  state.kind === 'ready' && state.status.liveUploadCount > 0;

async function tokenFrom(windowUrl: string): Promise<string> {
  const { origin, searchParams } = new URL(windowUrl);
  const answer = await fetch(`${origin}/api/devices`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${searchParams.get('key')!}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'Phone' }),
  });
  return ((await answer.json()) as { token: string }).token;
}

describe("the service in the shell's process", () => {
  it('tells the shell an address whose pages let its holder in', async () => {
    await using hosted = new HostedService();
    hosted.supervisor.start();
    const { windowUrl, lanUrl } = await hosted.until(isReady);
    const ping = await fetch(`${lanUrl}/v1/ping`);
    expect(await ping.json()).toMatchObject({ roost: 1 });
    const signIn = await fetch(windowUrl, { redirect: 'manual' });
    expect(signIn.status).toBe(303);
  });

  it('is started again after kill -9, on the same library', async () => {
    await using hosted = new HostedService();
    hosted.supervisor.start();
    await hosted.until(isReady);
    hosted.crash();
    const { failure } = await hosted.until(isDown);
    expect(failure).toMatchObject({ code: 'service/failed', crashCount: 1 });
    const { lanUrl } = await hosted.until(isReady);
    expect((await fetch(`${lanUrl}/v1/ping`)).status).toBe(200);
  });

  it('finishes the upload in flight before it stops', async () => {
    await using hosted = new HostedService();
    hosted.supervisor.start();
    const { windowUrl, lanUrl } = await hosted.until(isReady);
    const token = await tokenFrom(windowUrl);
    const upload = request(`${lanUrl}/v1/assets/asset-1/photo`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${token}`,
        'content-length': 10,
        'roost-filename': 'note.txt',
        'roost-created-at': '2024-05-06T07:08:09Z',
      },
    });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    upload.write('first');
    await hosted.until(isReceiving);

    const stopped = hosted.supervisor.stop(60_000);
    expect(hosted.supervisor.state).toEqual({ kind: 'finishing', liveUploadCount: 1 });
    upload.end(' half');
    const [answer] = await answered;
    await stopped;
    expect(answer.statusCode).toBe(201);
    const stored = join(hosted.libraryFolder, 'Phone', '2024', '2024-05', 'note.txt');
    expect(readFileSync(stored, 'utf8')).toBe('first half');
  });

  it('says why when another Roost has its data folder', async () => {
    await using first = new HostedService();
    first.supervisor.start();
    await first.until(isReady);
    await using second = new HostedService({ besides: first });
    second.supervisor.start();
    const { failure } = await second.until(isDown);
    expect(failure.code).toBe('service/already-running');
  });
});
