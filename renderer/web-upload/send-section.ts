import { FileRow } from './file-row.ts';
import { KeepAwake } from './keep-awake.ts';
import { announce, element, showSection, showText } from './page-elements.ts';
import { byteCountText, countText, numberText } from './page-text.ts';
import { pageWords } from './page-words.ts';
import { RoostClient, type Refusal } from './roost-client.ts';
import { SendRun, type SendFile } from './send-run.ts';

export interface Destination {
  readonly computerName: string;
  readonly token: string;
}

/** Shows files on their way, and how it ended. */
export class SendSection {
  readonly #onUntrusted: (refusal: Refusal, unsent: readonly File[]) => void;
  readonly #awake = new KeepAwake((isHeld) => this.#showAwake(isHeld));
  readonly #rows = new Map<SendFile, FileRow>();
  readonly #active = element('active', HTMLElement);
  #run: SendRun | undefined;
  #destination: Destination = { computerName: '', token: '' };
  /** Safe by earlier runs of the same choice. */
  #before: readonly SendFile[] = [];
  #isDrawing = false;
  #wasLost = false;

  constructor(onUntrusted: (refusal: Refusal, unsent: readonly File[]) => void) {
    this.#onUntrusted = onUntrusted;
    element('stop', HTMLButtonElement).addEventListener('click', () => this.#run?.stop());
    element('try-now', HTMLButtonElement).addEventListener('click', () => this.#run?.tryNow());
    element('send-rest', HTMLButtonElement).addEventListener('click', () => {
      const files = this.#run?.files ?? [];
      this.#before = [...this.#before, ...files.filter(isSafe)];
      void this.#start(files.filter((each) => !isSafe(each)).map(({ file }) => file));
    });
    window.addEventListener('online', () => this.#run?.tryNow());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.#run?.tryNow();
    });
  }

  async send(destination: Destination, files: readonly File[]): Promise<void> {
    this.#destination = destination;
    this.#before = [];
    await this.#start(files);
  }

  async #start(files: readonly File[]): Promise<void> {
    const run = new SendRun(new RoostClient(this.#destination.token), files, () => this.#draw());
    this.#run = run;
    this.#wasLost = false;
    element('sending-title', HTMLElement).textContent = pageWords.sendingTo(
      this.#destination.computerName,
    );
    showSection('sending');
    this.#awake.start();
    window.addEventListener('beforeunload', warnBeforeLeaving);
    this.#show(run);
    try {
      await run.run();
    } finally {
      window.removeEventListener('beforeunload', warnBeforeLeaving);
      this.#awake.stop();
      for (const row of this.#rows.values()) row.remove();
      this.#rows.clear();
      document.title = pageWords.title;
    }
    if (run.refusal?.code.startsWith('auth/') === true) {
      const unsent = run.files.filter((each) => !isSafe(each)).map(({ file }) => file);
      this.#onUntrusted(run.refusal, unsent);
    } else this.#showEnd(run);
  }

  /** Progress comes far more often than a screen can show it. */
  #draw(): void {
    if (this.#isDrawing) return;
    this.#isDrawing = true;
    requestAnimationFrame(() => {
      this.#isDrawing = false;
      if (this.#run) this.#show(this.#run);
    });
  }

  #show(run: SendRun): void {
    const { files } = run;
    const isAsking = files.some(({ state }) => state === 'unasked');
    const ended = files.filter((each) => isSafe(each) || each.state === 'failed');
    const totalByteCount = sum(files, ({ file }) => file.size);
    const endedByteCount =
      sum(ended, ({ file }) => file.size) +
      sum(files, (each) => (each.state === 'sending' ? each.sentByteCount : 0));
    const progress = pageWords.of(numberText(ended.length), numberText(files.length));
    showText(element('sending-count', HTMLElement), isAsking ? pageWords.asking : progress);
    element('overall', HTMLProgressElement).value =
      totalByteCount === 0 ? 0 : endedByteCount / totalByteCount;
    showText(
      element('sending-amount', HTMLElement),
      pageWords.of(byteCountText(endedByteCount), byteCountText(totalByteCount)),
    );
    document.title = isAsking ? pageWords.sending : `${progress} · Roost`;
    this.#showRows(files.filter(({ state }) => state === 'sending'));
    const waiting = files.filter(({ state }) => state === 'waiting').length;
    showText(
      element('waiting-count', HTMLElement),
      waiting === 0 ? '' : pageWords.moreWaiting(waiting),
    );
    element('lost', HTMLElement).hidden = !run.isLost;
    if (run.isLost !== this.#wasLost) {
      this.#wasLost = run.isLost;
      announce(run.isLost ? pageWords.isLost : pageWords.goesOn);
    }
  }

  #showRows(sending: readonly SendFile[]): void {
    for (const [each, row] of this.#rows) {
      if (sending.includes(each)) continue;
      row.remove();
      this.#rows.delete(each);
    }
    for (const each of sending) {
      const row = this.#rows.get(each);
      if (row) row.update(each);
      else {
        const fresh = new FileRow(each);
        this.#rows.set(each, fresh);
        this.#active.append(fresh.root);
      }
    }
  }

  #showAwake(isHeld: boolean): void {
    showText(element('awake', HTMLElement), isHeld ? '' : pageWords.keepOpen);
  }

  #showEnd(run: SendRun): void {
    const safe = [...this.#before, ...run.files.filter(isSafe)];
    const failed = run.files.filter(({ state }) => state === 'failed');
    const unsent = run.files.length - run.files.filter(isSafe).length;
    const already = safe.filter(({ state }) => state === 'already-safe').length;
    const { computerName } = this.#destination;
    element('done', HTMLElement).classList.toggle('is-partial', unsent > 0);
    element('done-title', HTMLElement).textContent =
      safe.length === 0
        ? pageWords.nothingSent
        : pageWords.safeOn(countOf(safe), safe.length, computerName);
    showText(
      element('done-detail', HTMLElement),
      [
        unsent === 0 ? alreadyText(already, safe.length) : pageWords.notSentCount(unsent),
        leaveText(unsent),
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
    element('stopped', HTMLElement).hidden = run.refusal === undefined;
    element('stopped-title', HTMLElement).textContent = run.refusal?.title ?? '';
    element('stopped-detail', HTMLElement).textContent = run.refusal?.detail ?? '';
    element('send-rest', HTMLElement).hidden = unsent === 0;
    element('pick-more', HTMLElement).classList.toggle('primary', unsent === 0);
    element('pick-more', HTMLElement).classList.toggle('secondary', unsent > 0);
    element('failures', HTMLElement).hidden = failed.length === 0;
    element('failed', HTMLElement).replaceChildren(...failed.map((each) => new FileRow(each).root));
    showSection('done');
  }
}

function isSafe({ state }: SendFile): boolean {
  return state === 'sent' || state === 'already-safe';
}

function countOf(files: readonly SendFile[]): string {
  const videoCount = files.filter(({ resourceType }) => resourceType === 'video').length;
  return countText(files.length - videoCount, videoCount);
}

function alreadyText(already: number, all: number): string {
  if (already === 0) return '';
  if (already === all) return pageWords.allAlready;
  return pageWords.someAlready(already);
}

function leaveText(unsent: number): string {
  return unsent === 0 ? pageWords.mayClose : '';
}

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}

function warnBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
