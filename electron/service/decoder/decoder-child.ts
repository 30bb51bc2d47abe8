import type { ChildProcess } from 'node:child_process';

import type { PreviewReason } from '../../../shared/preview-reasons.ts';
import type { Confinement } from './confinement/confinement.ts';
import { spawnConfined } from './confinement/spawn-confined.ts';
import { type DecoderRequest, decoderMessageSchema } from './decoder-protocol.ts';
import { OUT_OF_MEMORY_WORDS } from './memory-watch.ts';

export interface DecoderChildOptions {
  /** Path of decoder-entry. */
  readonly entry: string;
  readonly nodePath: string;
  /** Runs below the priority of everything else. */
  readonly isBackground: boolean;
  readonly maxMemoryByteCount: number;
  readonly confinement: Confinement;
}

type EndReason = Extract<
  PreviewReason,
  'decoder-timeout' | 'decoder-crashed' | 'decoder-out-of-memory'
>;

/** What came of a request: an answer, not yet parsed, or the end of the process. */
export type ChildOutcome =
  | { readonly kind: 'answer'; readonly result: unknown }
  | { readonly kind: 'ended'; readonly reason: EndReason; readonly detail: string };

/** Most of the memory is for pictures, which live outside of the JavaScript heap. */
const HEAP_SHARE = 1 / 4;
const MEGABYTE = 1024 * 1024;
const STDERR_LENGTH = 2000;
const STDERR_GRACE_MS = 500;

/** What libraries say before they end a process for want of memory. */
const OUT_OF_MEMORY = new RegExp(
  `${OUT_OF_MEMORY_WORDS}|heap out of memory|failed to allocate|bad_alloc|process out of memory`,
  'i',
);

/** What a child needs to find libraries and temporary folders; nothing else of ours is its business. */
const PASSED_ENVIRONMENT = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TEMP',
  'TMP',
  'SystemRoot',
  'windir',
  'LD_LIBRARY_PATH',
];

/** One run of the decoder process, from start to end. It takes one request at a time. */
export class DecoderChild {
  readonly #process: ChildProcess;
  readonly #ended: Promise<void>;
  #stderr = '';
  #hasEnded = false;
  #wasKilledFor: EndReason | undefined;
  #listener: ((message: unknown) => void) | undefined;

  constructor({
    entry,
    nodePath,
    isBackground,
    maxMemoryByteCount,
    confinement,
  }: DecoderChildOptions) {
    const heapMegabytes = Math.floor((maxMemoryByteCount * HEAP_SHARE) / MEGABYTE);
    this.#process = spawnConfined(confinement, {
      nodePath,
      nodeFlags: [`--max-old-space-size=${heapMegabytes}`],
      args: [
        entry,
        `--max-memory=${maxMemoryByteCount}`,
        ...(isBackground ? ['--background'] : []),
      ],
      env: childEnvironment(),
      stdout: 'ignore',
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_LENGTH);
    });
    this.#process.on('message', (message) => this.#listener?.(message));
    this.#ended = new Promise((resolve) => {
      let grace: NodeJS.Timeout | undefined;
      const end = (): void => {
        clearTimeout(grace);
        this.#letGo();
        this.#hasEnded = true;
        resolve();
      };
      // `close` comes after the last of stderr; a grandchild that holds stderr open may not delay the end.
      this.#process.once('close', end);
      this.#process.once('exit', () => (grace = setTimeout(end, STDERR_GRACE_MS)));
      this.#process.once('error', (error) => {
        this.#stderr += error.message;
        if (this.#process.pid === undefined) end();
      });
    });
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Waits until the child can take requests. Resolves with how it ended when it could not. */
  async ready(timeoutMs: number): Promise<Extract<ChildOutcome, { kind: 'ended' }> | undefined> {
    const outcome = await this.#awaitMessage(timeoutMs, (message) =>
      message.event === 'ready' ? { kind: 'answer', result: undefined } : undefined,
    );
    return outcome.kind === 'ended' ? outcome : undefined;
  }

  /** Sends a request and waits for its answer, at most `timeoutMs`; then the child is killed. */
  async run(request: DecoderRequest, timeoutMs: number): Promise<ChildOutcome> {
    const answered = this.#awaitMessage(timeoutMs, (message) =>
      message.event === 'answer' && message.id === request.id
        ? { kind: 'answer', result: message.result }
        : undefined,
    );
    // A failed send means that the process is ending, which `answered` notices by itself.
    if (this.#process.connected) this.#process.send(request, () => undefined);
    return answered;
  }

  /** Ends the process at once and waits until it is gone. */
  async kill(reason: EndReason = 'decoder-crashed'): Promise<void> {
    this.#wasKilledFor ??= reason;
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  /**
   * A wrapper that ends while it starts may leave its decoder behind, before it could bind its life to its own
   * (bubblewrap's `--die-with-parent`). Without a channel to us that one ends by itself, and until then it holds
   * nothing open here that would keep the service from ending.
   */
  #letGo(): void {
    if (this.#process.connected) this.#process.disconnect();
    for (const stream of this.#process.stdio) stream?.destroy();
  }

  /** Resolves with the first message `pick` takes, or with the end of the process. */
  async #awaitMessage(
    timeoutMs: number,
    pick: (message: ReturnType<typeof decoderMessageSchema.parse>) => ChildOutcome | undefined,
  ): Promise<ChildOutcome> {
    const picked = new Promise<ChildOutcome>((resolve) => {
      this.#listener = (message) => {
        const parsed = decoderMessageSchema.safeParse(message);
        const outcome = parsed.success ? pick(parsed.data) : undefined;
        if (outcome !== undefined) resolve(outcome);
        // Anything unexpected means that the process is not itself any more.
        else void this.kill('decoder-crashed');
      };
    });
    const timer = setTimeout(() => void this.kill('decoder-timeout'), timeoutMs);
    try {
      return await Promise.race([picked, this.#ended.then(() => this.#howItEnded())]);
    } finally {
      clearTimeout(timer);
      this.#listener = undefined;
    }
  }

  #howItEnded(): ChildOutcome {
    const { exitCode, signalCode } = this.#process;
    const isOutOfMemory = OUT_OF_MEMORY.test(this.#stderr);
    const reason =
      this.#wasKilledFor ?? (isOutOfMemory ? 'decoder-out-of-memory' : 'decoder-crashed');
    const detail = [`exit code ${exitCode ?? '-'}, signal ${signalCode ?? '-'}`, this.#stderr];
    return { kind: 'ended', reason, detail: detail.join(' ').trim() };
  }
}

function childEnvironment(): NodeJS.ProcessEnv {
  const passed = PASSED_ENVIRONMENT.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)),
    // Lets Electron's binary be the plain Node that it carries; Node itself ignores it.
    ELECTRON_RUN_AS_NODE: '1',
    // Threads of decoders come and go; without a limit each leaves glibc a pool that is never given back.
    MALLOC_ARENA_MAX: '2',
  };
}
