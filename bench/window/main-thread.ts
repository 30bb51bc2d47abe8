import type { CDPSession, Page } from 'playwright-core';

/** Of each frame of a page's main thread. Milliseconds. */
export interface FrameTimes {
  /** All the work of the main thread from one frame's start to the next one's. */
  readonly workMs: readonly number[];
  /** The same in processor time: without what other programs took of the processor in between. */
  readonly cpuMs: readonly number[];
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** Traces the main thread of a page while something happens in it. */
export async function traceFrames(page: Page, work: () => Promise<void>): Promise<FrameTimes> {
  const session = await page.context().newCDPSession(page);
  try {
    await session.send('Tracing.start', {
      transferMode: 'ReportEvents',
      traceConfig: { includedCategories: ['toplevel', 'devtools.timeline', '__metadata'] },
    });
    await work();
    return frameTimes(await collected(session));
  } finally {
    await session.detach();
  }
}

function collected(session: CDPSession): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  return new Promise((resolve, reject) => {
    session.on('Tracing.tracingComplete', () => resolve(events));
    session.send('Tracing.end').catch(reject);
  });
}

/** The main thread that drew the most frames is that of the page; its probe asks for every frame. */
function frameTimes(events: readonly TraceEvent[]): FrameTimes {
  const mains = events.filter(
    ({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain',
  );
  const ofThread = mains.map(({ pid, tid }) =>
    events.filter((event) => event.pid === pid && event.tid === tid),
  );
  const startsOf = (each: readonly TraceEvent[]) =>
    each
      .filter(({ name }) => name === 'FireAnimationFrame')
      .map(({ ts }) => ts)
      .toSorted((a, b) => a - b);
  const chosen = ofThread.toSorted((a, b) => startsOf(b).length - startsOf(a).length)[0] ?? [];
  const starts = startsOf(chosen);
  const workMs = new Array<number>(starts.length).fill(0);
  const cpuMs = [...workMs];
  let frame = -1;
  const tasks = chosen
    .filter(({ name, ph }) => ph === 'X' && name.endsWith('RunTask'))
    .toSorted((a, b) => a.ts - b.ts);
  let end = 0;
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    // A task within another one is counted with it.
    if (ts < end) continue;
    end = ts + dur;
    // A frame begins within its task.
    while (frame + 1 < starts.length && (starts[frame + 1] ?? 0) < end) frame += 1;
    if (frame < 0) continue;
    workMs[frame] = (workMs[frame] ?? 0) + dur / 1000;
    cpuMs[frame] = (cpuMs[frame] ?? 0) + tdur / 1000;
  }
  return { workMs, cpuMs };
}
