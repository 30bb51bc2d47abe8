import { printLine, type CliContext } from '../cli-context.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { countOf, formatByteCount, printable } from '../text-format.ts';
import type { FoundFiles } from './find-files.ts';
import type { ReachedRoost } from './find-roost.ts';
import { howToPair } from './get-token.ts';
import { resultLine } from './send-reporters.ts';
import type { SendSummary } from './send-result.ts';

const MOST_FAILURES_SHOWN = 20;

/** Whether the token was refused in the middle, so that pairing again is the next step. */
function isRefused({ stopped }: SendSummary): boolean {
  return stopped?.code.startsWith('auth/') ?? false;
}

export function exitCodeOf(summary: SendSummary, found: FoundFiles): ExitCode {
  if (isRefused(summary)) return EXIT.notPaired;
  if (summary.interrupted) return EXIT.interrupted;
  const { counts } = summary;
  const isComplete = counts.failed + counts['not-sent'] + found.unreadable.length === 0;
  return isComplete ? EXIT.ok : EXIT.incomplete;
}

/** The last line of `--json`. */
export function summaryEvent(summary: SendSummary, found: FoundFiles, roost: ReachedRoost): object {
  const { counts, storedByteCount, durationMs, interrupted, stopped } = summary;
  return {
    event: 'summary',
    server: { id: roost.id, name: roost.name, url: roost.origin },
    fileCount: found.files.length,
    storedCount: counts.stored,
    duplicateCount: counts.duplicate,
    repeatedCount: counts.repeated,
    hereCount: counts.here,
    failedCount: counts.failed,
    notSentCount: counts['not-sent'],
    leftOutCount: found.leftOut.length,
    unreadableCount: found.unreadable.length,
    storedByteCount,
    durationMs,
    interrupted,
    ...(stopped !== undefined && { stopped }),
  };
}

/** The end of a run for people: what is safe, what is not and why, and what to do. */
export function printSummary(summary: SendSummary, found: FoundFiles, context: CliContext): void {
  const print = (text: string): void => printLine(context.stdout, text);
  const { counts, storedByteCount, failures } = summary;
  const hereCount = counts.duplicate + counts.repeated + counts.here;
  const parts = [
    `${countOf(counts.stored, 'file')} stored (${formatByteCount(storedByteCount)})`,
    ...(hereCount > 0 ? [`${hereCount} there already`] : []),
    ...(counts.failed > 0 ? [`${counts.failed} FAILED`] : []),
    ...(counts['not-sent'] > 0 ? [`${counts['not-sent']} NOT SENT`] : []),
  ];
  print(`${summary.interrupted ? 'Stopped: ' : ''}${parts.join(', ')}`);
  for (const failure of failures.slice(0, MOST_FAILURES_SHOWN)) print(`  ${resultLine(failure)}`);
  if (counts.failed > MOST_FAILURES_SHOWN) {
    print(`  and ${counts.failed - MOST_FAILURES_SHOWN} more`);
  }
  for (const { path, reason } of found.unreadable.slice(0, MOST_FAILURES_SHOWN)) {
    print(`  FAILED     ${printable(path)}: cannot be read (${reason})`);
  }
  if (summary.stopped !== undefined) print(printable(summary.stopped.detail));
  if (isRefused(summary)) print(howToPair(context));
  else if (exitCodeOf(summary, found) !== EXIT.ok) {
    print('Send again to go on: what is stored is not sent twice.');
  }
}
