import { describe, expect, it } from 'vitest';

import type { CheckAnswer, CheckEntry, UploadAnswer } from '../../shared/native-protocol.ts';

import type { Outcome, Refusal } from './outcome.ts';
import { RESUMABLE_FROM_BYTE_COUNT, type SendEvents, type SendSubject } from './resuming-sender.ts';
import { RunningTries } from './running-tries.ts';
import { SendRun, type SendClient } from './send-run.ts';
import { backOffMs, Waiting } from './waiting.ts';

/** A computer that keeps what it is sent; `script` holds how the next uploads go instead. */
class FakeComputer implements SendClient {
  readonly stored = new Map<string, number>();
  readonly uploads: string[] = [];
  readonly asked: CheckEntry[] = [];
  readonly script: (() => Outcome<UploadAnswer>)[] = [];
  /** How much of a file the next tries find kept. */
  readonly keptScript: number[] = [];
  /** What an upload whose bytes are here already is called. */
  result: UploadAnswer['result'] = 'stored';
  /** A file whose upload breaks each time. */
  broken = '';
  readonly checkScript: (() => Outcome<CheckAnswer>)[] = [];
  running = 0;
  mostAtOnce = 0;

  check(resources: readonly CheckEntry[]): Promise<Outcome<CheckAnswer>> {
    this.asked.push(...resources);
    const scripted = this.checkScript.shift();
    if (scripted) return Promise.resolve(scripted());
    const answers = resources.map(({ assetKey, resourceType, byteCount }) => ({
      assetKey,
      resourceType,
      needed: this.stored.get(assetKey) !== byteCount,
    }));
    return Promise.resolve({ kind: 'done', value: { resources: answers } });
  }

  async upload(
    { assetKey, file }: SendSubject,
    { onKept, onSent }: SendEvents,
    signal: AbortSignal,
  ): Promise<Outcome<UploadAnswer>> {
    this.uploads.push(file.name);
    this.running += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.running);
    const kept = this.keptScript.shift();
    if (kept !== undefined) onKept(kept);
    onSent(file.size);
    await Promise.resolve();
    this.running -= 1;
    if (signal.aborted || file.name === this.broken) return UNREACHABLE;
    const scripted = this.script.shift();
    if (scripted) return scripted();
    return this.keep(assetKey, file);
  }

  keep(assetKey: string, file: File): Outcome<UploadAnswer> {
    this.stored.set(assetKey, file.size);
    const value = {
      result: this.result,
      receiptId: '00000000-0000-4000-8000-000000000000',
      assetId: '00000000-0000-4000-8000-000000000000',
      byteCount: file.size,
      sha256: '',
    };
    return { kind: 'done', value };
  }
}

/** Time that passes at once and remembers how long it should have taken. */
class NoWaiting extends Waiting {
  readonly waited: number[] = [];

  override wait(ms: number): Promise<void> {
    this.waited.push(ms);
    return Promise.resolve();
  }
}

/** A file that was there when it was picked and is gone when it is read. */
class GoneFile extends File {
  override slice(): Blob {
    return Object.assign(new Blob(), {
      arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotReadableError')),
    });
  }
}

const UNREACHABLE = { kind: 'unreachable' } as const;

function refused(retry: Refusal['retry'], code = 'some/code', retryAfterMs?: number) {
  const refusal = { code, title: 'No.', detail: 'Because.', retry, retryAfterMs };
  return { kind: 'refused', refusal } as const;
}

function unreachable(times: number) {
  return Array.from({ length: times }, () => () => UNREACHABLE);
}

function pick(count: number): File[] {
  return Array.from(
    { length: count },
    (_, at) => new File(['photo'], `${at}.jpg`, { lastModified: 1_790_000_000_000 }),
  );
}

function longFile(): File {
  return new File([new Uint8Array(RESUMABLE_FROM_BYTE_COUNT)], 'film.mov');
}

async function sent(computer: FakeComputer, files: readonly File[], waiting = new NoWaiting()) {
  const run = new SendRun(computer, files, () => undefined, waiting);
  await run.run();
  return run;
}

describe('sending picked files', () => {
  it('sends what is needed, never more than two at once', async () => {
    const computer = new FakeComputer();
    const run = await sent(computer, pick(9));
    expect(run.files.map(({ state }) => state)).toEqual(Array(9).fill('sent'));
    expect(computer.mostAtOnce).toBe(2);
  });

  it('sends nothing that is there already', async () => {
    const computer = new FakeComputer();
    await sent(computer, pick(3));
    computer.uploads.length = 0;
    const run = await sent(computer, pick(4));
    expect(computer.uploads).toEqual(['3.jpg']);
    expect(run.files.map(({ state }) => state)).toEqual([
      'already-safe',
      'already-safe',
      'already-safe',
      'sent',
    ]);
  });

  it('tells no time of files that look alike, so that none is taken for another', async () => {
    const computer = new FakeComputer();
    const [first] = pick(1);
    const run = await sent(computer, [...pick(2), first!]);
    expect(run.files.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect(computer.stored.size).toBe(3);
    expect(computer.asked.map(({ modifiedAt }) => modifiedAt !== undefined)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('asks about many files in parts', async () => {
    const computer = new FakeComputer();
    const run = await sent(computer, pick(1201));
    expect(run.files.filter(({ state }) => state === 'sent')).toHaveLength(1201);
  });

  it('tries a broken upload again, longer and longer apart', async () => {
    const computer = new FakeComputer();
    computer.script.push(...unreachable(3));
    const waiting = new NoWaiting();
    const run = await sent(computer, pick(1), waiting);
    expect([run.files[0]?.state, waiting.waited]).toEqual(['sent', [1000, 2000, 4000]]);
  });

  it('takes a file as safe whose answer was lost, without sending it again', async () => {
    const computer = new FakeComputer();
    const [file] = pick(1);
    computer.script.push(() => {
      computer.keep(`web:0.jpg:5:${file!.lastModified}`, file!);
      return UNREACHABLE;
    });
    const run = await sent(computer, [file!]);
    expect([run.files[0]?.state, computer.uploads.length]).toEqual(['sent', 1]);
  });

  it('gives one file up after five tries and goes on with the others', async () => {
    const computer = new FakeComputer();
    computer.broken = '1.jpg';
    const run = await sent(computer, pick(4));
    const states = run.files.map(({ state }) => state);
    expect(states).toEqual(['sent', 'failed', 'sent', 'sent']);
    expect(computer.uploads.filter((name) => name === '1.jpg')).toHaveLength(5);
  });

  it('waits for a computer that does not answer, however long it takes', async () => {
    const computer = new FakeComputer();
    computer.checkScript.push(...unreachable(50));
    const lost: boolean[] = [];
    const run: SendRun = new SendRun(
      computer,
      pick(1),
      () => lost.push(run.trouble?.kind === 'unreachable'),
      new NoWaiting(),
    );
    await run.run();
    expect([run.files[0]?.state, lost[0], lost.at(-1)]).toEqual(['sent', true, false]);
    expect(run.trouble).toBeUndefined();
  });

  it('waits as long as the computer asks', async () => {
    const computer = new FakeComputer();
    computer.script.push(() => refused('later', 'service/failed', 30_000));
    const waiting = new NoWaiting();
    await sent(computer, pick(1), waiting);
    expect(waiting.waited).toEqual([30_000]);
  });

  it('leaves out a file the computer never takes, with its reason', async () => {
    const computer = new FakeComputer();
    computer.script.push(() => refused('never', 'upload/too-large'));
    const run = await sent(computer, pick(2));
    const ends = run.files.map(({ state, reason, isHopeless }) => [state, reason, isHopeless]);
    expect(ends).toEqual([
      ['failed', 'No. Because.', true],
      ['sent', '', false],
    ]);
  });

  it('ends when only a person can help, and leaves the rest unsent', async () => {
    const computer = new FakeComputer();
    computer.script.push(() => refused('after-user', 'library/disk-full'));
    const run = await sent(computer, pick(8));
    expect(run.refusal?.code).toBe('library/disk-full');
    expect(run.files.filter(({ state }) => state === 'sent').length).toBeLessThanOrEqual(1);
    expect(run.files.some(({ state }) => state === 'sending' || state === 'failed')).toBe(false);
  });

  it('ends at once when the check is refused for good', async () => {
    const computer = new FakeComputer();
    computer.checkScript.push(() => refused('after-user', 'auth/token-invalid'));
    const run = await sent(computer, pick(2));
    expect([run.refusal?.code, computer.uploads]).toEqual(['auth/token-invalid', []]);
  });

  it('says of a file that can no longer be read that it must be chosen again', async () => {
    const computer = new FakeComputer();
    computer.script.push(() => UNREACHABLE);
    const run = await sent(computer, [new GoneFile(['photo'], 'gone.jpg')]);
    expect(run.files[0]).toMatchObject({
      state: 'failed',
      reason: 'The phone no longer gives this file to the page. Choose it again.',
    });
  });

  it('never gives up a file that goes further each time', async () => {
    const computer = new FakeComputer();
    computer.script.push(...unreachable(30));
    computer.keptScript.push(...Array.from({ length: 31 }, (_, at) => at * 1000));
    const waiting = new NoWaiting();
    const run = await sent(computer, [longFile()], waiting);
    expect([run.files[0]?.state, computer.uploads.length]).toEqual(['sent', 31]);
    expect(Math.max(...waiting.waited)).toBeLessThanOrEqual(2000);
  });

  it('gives a long file up that gets no further five times in a row', async () => {
    const computer = new FakeComputer();
    computer.script.push(...unreachable(30));
    computer.keptScript.push(...Array<number>(30).fill(700));
    const run = await sent(computer, [longFile()]);
    expect([run.files[0]?.state, computer.uploads.length]).toEqual(['failed', 5]);
  });

  it('counts as here already what the computer knew under another name', async () => {
    const computer = new FakeComputer();
    computer.result = 'duplicate';
    const run = await sent(computer, pick(2));
    expect(run.files.map(({ state }) => state)).toEqual(['already-safe', 'already-safe']);
  });

  it('counts as sent, and not as here already, what its own lost try brought', async () => {
    const computer = new FakeComputer();
    computer.script.push(...unreachable(1));
    computer.result = 'repeated';
    const run = await sent(computer, pick(1));
    expect(run.files[0]?.state).toBe('sent');
  });

  it('breaks off what hangs when the phone comes back, and leaves alone what moves', async () => {
    let now = 0;
    const signals = new Map<string, AbortSignal>();
    const ends: (() => void)[] = [];
    const computer = new FakeComputer();
    const client: SendClient = {
      check: (resources) => computer.check(resources),
      upload: ({ file }, { onSent }, signal) => {
        signals.set(file.name, signal);
        if (file.name === '1.jpg') moving = () => onSent(3);
        return new Promise((resolve) => ends.push(() => resolve(UNREACHABLE)));
      },
    };
    let moving = (): void => undefined;
    const tries = new RunningTries(() => now);
    const run = new SendRun(client, pick(2), () => undefined, new NoWaiting(), tries);
    const running = run.run();
    while (signals.size < 2) await Promise.resolve();
    now = 60_000;
    moving();
    run.tryNow();
    expect([signals.get('0.jpg')?.aborted, signals.get('1.jpg')?.aborted]).toEqual([true, false]);
    run.stop();
    expect(signals.get('1.jpg')?.aborted).toBe(true);
    for (const end of ends) end();
    await running;
  });

  it('counts what left this phone, and nothing of what was kept before', async () => {
    const computer = new FakeComputer();
    const file = longFile();
    computer.keptScript.push(1_000_000);
    const run = await sent(computer, [file]);
    expect(run.movedByteCount).toBe(file.size - 1_000_000);
  });

  it('stops while it waits', async () => {
    const computer = new FakeComputer();
    computer.checkScript.push(...unreachable(1000));
    const run: SendRun = new SendRun(computer, pick(1), () => run.stop());
    await run.run();
    expect([run.files[0]?.state, computer.uploads]).toEqual(['unasked', []]);
  });
});

describe('waiting between tries', () => {
  it('grows to a quarter of a minute and no further', () => {
    expect([1, 2, 3, 4, 5, 50].map(backOffMs)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
  });

  it('ends early when woken', async () => {
    const waiting = new Waiting();
    const long = waiting.wait(3_600_000);
    waiting.wakeAll();
    await expect(long).resolves.toBeUndefined();
  });
});
