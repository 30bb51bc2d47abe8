import { isAtItsEnd, isSafe, showDone } from './done-view.ts';
import { KeepAwake } from './keep-awake.ts';
import { element, showSection, showText } from './page-elements.ts';
import { pageWords } from './page-words.ts';
import type { Refusal } from './outcome.ts';
import { ResumingSender } from './resuming-sender.ts';
import { RoostClient } from './roost-client.ts';
import { SendRun, type SendClient, type SendFile } from './send-run.ts';
import { SendingView } from './sending-view.ts';
import { UploadCalls } from './upload-calls.ts';
import type { UploadMemory } from './upload-memory.ts';

/**
 * While nothing moves the seconds to the next try still count down; and a page behind others, which gets no frames to
 * draw, still tells how far it is in its title.
 */
const REDRAW_MS = 1_000;

export interface Destination {
  readonly computerName: string;
  readonly token: string;
  readonly uploads: UploadMemory;
}

/** Sends files, shows them on their way, and how it ended. */
export class SendSection {
  readonly #onUntrusted: (refusal: Refusal, unsent: readonly File[]) => void;
  readonly #awake = new KeepAwake((isHeld) => showAwake(isHeld));
  #run: SendRun | undefined;
  #view: SendingView | undefined;
  #destination: Destination | undefined;
  /** What came to its end in earlier runs of the same choice. */
  #before: readonly SendFile[] = [];
  #isDrawing = false;

  constructor(onUntrusted: (refusal: Refusal, unsent: readonly File[]) => void) {
    this.#onUntrusted = onUntrusted;
    element('stop', HTMLButtonElement).addEventListener('click', () => this.#run?.stop());
    element('try-now', HTMLButtonElement).addEventListener('click', () => this.#run?.tryNow());
    element('send-rest', HTMLButtonElement).addEventListener('click', () => {
      const files = this.#run?.files ?? [];
      this.#before = [...this.#before, ...files.filter(isAtItsEnd)];
      void this.#start(files.filter((each) => !isAtItsEnd(each)).map(({ file }) => file));
    });
    for (const event of ['online', 'offline']) {
      window.addEventListener(event, () => this.#cameBack());
    }
    // Back from another page by the browser's own memory of this one.
    window.addEventListener('pageshow', () => this.#cameBack());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#cameBack();
    });
  }

  async send(destination: Destination, files: readonly File[]): Promise<void> {
    this.#destination = destination;
    this.#before = [];
    await this.#start(files);
  }

  async #start(files: readonly File[]): Promise<void> {
    const destination = this.#destination;
    if (!destination) return;
    const run = new SendRun(clientFor(destination), files, () => this.#draw());
    const view = new SendingView(destination.computerName);
    this.#run = run;
    this.#view = view;
    showSection('sending');
    this.#awake.start();
    window.addEventListener('beforeunload', warnBeforeLeaving);
    const redraw = setInterval(() => this.#show(), REDRAW_MS);
    view.show(run);
    try {
      await run.run();
    } finally {
      clearInterval(redraw);
      window.removeEventListener('beforeunload', warnBeforeLeaving);
      this.#awake.stop();
      this.#view = undefined;
      view.end();
    }
    for (const each of run.files) if (isSafe(each)) destination.uploads.forgetFile(each.assetKey);
    if (run.refusal?.code.startsWith('auth/') === true) {
      const unsent = run.files.filter((each) => !isSafe(each)).map(({ file }) => file);
      this.#onUntrusted(run.refusal, unsent);
    } else showDone(run, this.#before, destination.computerName);
  }

  #cameBack(): void {
    this.#view?.cameBack();
    this.#run?.tryNow();
    this.#draw();
  }

  /** Progress comes far more often than a screen can show it. */
  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      this.#show();
    });
  }

  #show(): void {
    if (this.#run) this.#view?.show(this.#run);
  }
}

function clientFor({ token, uploads }: Destination): SendClient {
  const calls = new RoostClient(token);
  const sender = new ResumingSender(new UploadCalls(token), uploads);
  return {
    check: (resources, signal) => calls.check(resources, signal),
    upload: (subject, events, signal) => sender.upload(subject, events, signal),
  };
}

function showAwake(isHeld: boolean): void {
  const line = element('awake', HTMLElement);
  showText(line, isHeld ? pageWords.staysAwake : pageWords.keepOpen);
  line.classList.toggle('plain', isHeld);
}

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
