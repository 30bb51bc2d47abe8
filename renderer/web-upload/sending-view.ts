import { FileRow } from './file-row.ts';
import { announce, element, showText } from './page-elements.ts';
import { byteCountText, numberText, paceText } from './page-text.ts';
import { pageWords } from './page-words.ts';
import type { SendFile, SendRun, Trouble } from './send-run.ts';
import { TransferRate } from './transfer-rate.ts';

/** Files on their way: how far they are, how fast, and what keeps them from going on. */
export class SendingView {
  readonly #rows = new Map<SendFile, FileRow>();
  readonly #active = element('active', HTMLElement);
  readonly #title = element('sending-title', HTMLElement);
  readonly #computerName: string;
  readonly #rate = new TransferRate();
  #wasInTrouble = false;

  constructor(computerName: string) {
    this.#computerName = computerName;
    this.#title.textContent = pageWords.sendingTo(computerName);
  }

  show(run: SendRun): void {
    const { files, trouble } = run;
    this.#showTrouble(trouble, run.nextTryAt);
    this.#showAmounts(run);
    this.#showRows(
      files.filter(({ state }) => state === 'sending'),
      trouble !== undefined,
    );
    const waiting = files.filter(({ state }) => state === 'waiting').length;
    showText(
      element('waiting-count', HTMLElement),
      waiting === 0 ? '' : pageWords.moreWaiting(waiting),
    );
  }

  /** Measures the speed anew, after a time in which the phone slept. */
  cameBack(): void {
    this.#rate.restart();
  }

  /** Lets go of the pictures in memory. */
  end(): void {
    for (const row of this.#rows.values()) row.remove();
    this.#rows.clear();
    document.title = pageWords.title;
  }

  #showAmounts(run: SendRun): void {
    const { files } = run;
    const isAsking = files.some(({ state }) => state === 'unasked');
    const ended = files.filter(hasEnded);
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
    if (run.trouble) this.#rate.restart();
    else this.#rate.note(performance.now(), run.movedByteCount);
    const rest = totalByteCount - endedByteCount;
    showText(
      element('pace', HTMLElement),
      rest === 0 ? '' : paceText(this.#rate.bytesPerSecond, rest),
    );
    if (run.trouble) document.title = `${pageWords.paused} · Roost`;
    else document.title = isAsking ? pageWords.sending : `${progress} · Roost`;
  }

  #showTrouble(trouble: Trouble | undefined, nextTryAt: number | undefined): void {
    const isInTrouble = trouble !== undefined;
    element('lost', HTMLElement).hidden = !isInTrouble;
    element('sending', HTMLElement).classList.toggle('is-paused', isInTrouble);
    if (trouble) {
      showText(element('lost-why', HTMLElement), wordsOf(trouble));
      showText(
        element('next-try', HTMLElement),
        nextTryAt === undefined
          ? ''
          : pageWords.nextTry(Math.ceil((nextTryAt - Date.now()) / 1000)),
      );
    }
    if (isInTrouble === this.#wasInTrouble) return;
    this.#wasInTrouble = isInTrouble;
    const words = isInTrouble ? pageWords.waitingFor : pageWords.sendingTo;
    this.#title.textContent = words(this.#computerName);
    announce(
      !trouble
        ? pageWords.goesOn
        : trouble.kind === 'refused'
          ? trouble.refusal.title
          : pageWords.isLost,
    );
  }

  #showRows(sending: readonly SendFile[], isPaused: boolean): void {
    for (const [each, row] of this.#rows) {
      if (sending.includes(each)) continue;
      row.remove();
      this.#rows.delete(each);
    }
    for (const each of sending) {
      let row = this.#rows.get(each);
      if (!row) {
        row = new FileRow(each);
        this.#rows.set(each, row);
        this.#active.append(row.root);
      }
      row.update(each, isPaused);
    }
  }
}

function wordsOf(trouble: Trouble): string {
  if (trouble.kind === 'refused') return `${trouble.refusal.title} ${pageWords.goesOnLater}`;
  return navigator.onLine ? pageWords.lost : pageWords.offline;
}

function hasEnded({ state }: SendFile): boolean {
  return state === 'sent' || state === 'already-safe' || state === 'failed';
}

function sum<T>(all: readonly T[], of: (each: T) => number): number {
  return all.reduce((total, each) => total + of(each), 0);
}
