import { FileRow } from './file-row.ts';
import { element, showSection, showText } from './page-elements.ts';
import { countText } from './page-text.ts';
import { pageWords } from './page-words.ts';
import type { SendFile, SendRun } from './send-run.ts';

/** How sending ended; `before` are the files of the same choice that came to their end in earlier runs. */
export function showDone(run: SendRun, before: readonly SendFile[], computerName: string): void {
  const all = [...before, ...run.files];
  const safe = all.filter(isSafe);
  const failed = all.filter(({ state }) => state === 'failed');
  const unsentCount = all.length - safe.length;
  const mayGoOn = !run.files.every(isAtItsEnd);
  element('done', HTMLElement).classList.toggle('is-partial', unsentCount > 0);
  element('done-title', HTMLElement).textContent =
    safe.length === 0
      ? pageWords.nothingSent
      : pageWords.safeOn(countOf(safe), safe.length, computerName);
  showCounts(safe, unsentCount);
  showText(element('done-detail', HTMLElement), detailOf(run, safe, unsentCount));
  element('stopped', HTMLElement).hidden = run.refusal === undefined;
  element('stopped-title', HTMLElement).textContent = run.refusal?.title ?? '';
  element('stopped-detail', HTMLElement).textContent = run.refusal?.detail ?? '';
  element('send-rest', HTMLElement).hidden = !mayGoOn;
  element('pick-more', HTMLElement).classList.toggle('primary', !mayGoOn);
  element('pick-more', HTMLElement).classList.toggle('secondary', mayGoOn);
  element('failures', HTMLElement).hidden = failed.length === 0;
  element('failed', HTMLElement).replaceChildren(...failed.map((each) => new FileRow(each).root));
  showSection('done');
}

/** Whether the computer said that it holds it. */
export function isSafe({ state }: SendFile): boolean {
  return state === 'sent' || state === 'already-safe';
}

/** Whether it would be no use to send it again. */
export function isAtItsEnd(each: SendFile): boolean {
  return isSafe(each) || each.isHopeless;
}

/** Where all went one way the title says it. */
function showCounts(safe: readonly SendFile[], unsentCount: number): void {
  const already = safe.filter(({ state }) => state === 'already-safe').length;
  const counts = [
    ['sent-count', safe.length - already, pageWords.sentCount],
    ['already-count', already, pageWords.alreadyCount],
    ['not-sent-count', unsentCount, pageWords.notSentCount],
  ] as const;
  element('counts', HTMLElement).hidden = counts.filter(([, count]) => count > 0).length < 2;
  for (const [id, count, words] of counts) {
    showText(element(id, HTMLElement), count === 0 ? '' : words(count));
  }
}

function detailOf(run: SendRun, safe: readonly SendFile[], unsentCount: number): string {
  if (unsentCount > 0) return run.isStopped && !run.refusal ? pageWords.stoppedHere : '';
  const wasAllThere = safe.every(({ state }) => state === 'already-safe');
  return wasAllThere ? `${pageWords.allAlready} ${pageWords.mayClose}` : pageWords.mayClose;
}

function countOf(files: readonly SendFile[]): string {
  const videoCount = files.filter(({ resourceType }) => resourceType === 'video').length;
  return countText(files.length - videoCount, videoCount);
}
