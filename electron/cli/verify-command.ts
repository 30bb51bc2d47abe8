import { isCode } from '../service/library/file-system.ts';
import type { VerifyReport } from '../service/library/verify-library.ts';
import { printJson, printLine, type CliContext } from './cli-context.ts';
import { defineCommand } from './command.ts';
import { dataFolderOf } from './data-folder.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { libraryFolderOf } from './library-folder.ts';
import { NextStepError } from './next-step-error.ts';
import { ProgressLine } from './progress-line.ts';
import { selfTestLines } from './self-test-text.ts';
import { countOf, formatByteCount, printable } from './text-format.ts';

const MOST_UNKNOWN_SHOWN = 20;

export const verifyCommand = defineCommand({
  name: 'verify',
  summary: 're-read every stored file and compare it with the journal',
  details: [
    'Only reads; may run beside Roost. Files that Roost did not put into the library are named and',
    'do not count against it.',
    '',
    'With --self-test it proves itself instead: it copies some originals into a small library of its own,',
    'damages the copies in every way there is, and must find all of it and nothing else.',
  ].join('\n'),
  options: {
    library: {
      type: 'string',
      value: 'DIR',
      help: 'library folder; by default that of the settings',
    },
    data: { type: 'string', value: 'DIR', help: 'data folder with the settings' },
    'self-test': { type: 'boolean', help: 'plant damage in copies and look for it' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  async run(options, context) {
    const dataFolder = dataFolderOf(options.data, context);
    const libraryFolder = await libraryFolderOf(options.library, dataFolder, context);
    if (options['self-test']) return selfTest(libraryFolder, options.json, context);
    const { verifyLibrary } = await import('../service/library/verify-library.ts');
    const progress = new ProgressLine(context.stderr);
    let report;
    try {
      report = await verifyLibrary({
        libraryFolder,
        signal: context.interrupted,
        onProgress: ({ checkedFileCount, totalFileCount, checkedByteCount, totalByteCount }) =>
          progress.show(
            () =>
              `${checkedFileCount} of ${countOf(totalFileCount, 'file')}, ` +
              `${formatByteCount(checkedByteCount)} of ${formatByteCount(totalByteCount)}`,
          ),
      });
    } catch (error) {
      if (isCode(error, 'ENOENT')) {
        throw new NextStepError(
          'library/missing',
          `There is no Roost library at ${libraryFolder}.`,
          'Connect its drive, or name its folder with --library.',
          { cause: error },
        );
      }
      throw error;
    } finally {
      progress.clear();
    }
    const { damaged, missing, journalDamage } = report;
    const isWhole = damaged.length + missing.length + journalDamage.length === 0;
    if (options.json) printJson(context.stdout, { ok: isWhole, libraryFolder, ...report });
    else printReport(report, isWhole, libraryFolder, context);
    return isWhole ? EXIT.ok : EXIT.incomplete;
  },
});

async function selfTest(
  libraryFolder: string,
  isJson: boolean,
  context: CliContext,
): Promise<ExitCode> {
  const { runSelfTest } = await import('../service/scrub/self-test.ts');
  const progress = new ProgressLine(context.stderr);
  const report = await runSelfTest({
    libraryFolder,
    signal: context.interrupted,
    onStep: (words) => progress.redraw(words),
  }).finally(() => progress.clear());
  if (isJson) printJson(context.stdout, { libraryFolder, ...report });
  else for (const line of selfTestLines(report)) printLine(context.stdout, line);
  return report.ok ? EXIT.ok : EXIT.incomplete;
}

function printReport(
  report: VerifyReport,
  isWhole: boolean,
  libraryFolder: string,
  context: CliContext,
): void {
  const print = (text: string): void => printLine(context.stdout, text);
  print(`Library ${printable(libraryFolder)}`);
  print(
    `${countOf(report.fileCount, 'file')} (${formatByteCount(report.byteCount)}) ` +
      `${report.fileCount === 1 ? 'is' : 'are'} bit for bit what was received`,
  );
  for (const { path, reason } of report.damaged) {
    print(`DAMAGED  ${printable(path)}: ${printable(reason)}`);
  }
  for (const { path } of report.missing) print(`MISSING  ${printable(path)}`);
  for (const { file, line } of report.journalDamage) {
    print(`JOURNAL  ${printable(file)}, line ${line} cannot be read`);
  }
  for (const path of report.unknown.slice(0, MOST_UNKNOWN_SHOWN)) {
    print(`unknown  ${printable(path)}`);
  }
  const more = report.unknown.length - MOST_UNKNOWN_SHOWN;
  if (more > 0) print(`unknown  and ${more} more`);
  if (report.stagingFileCount > 0) {
    print(`${countOf(report.stagingFileCount, 'upload')} in flight or cut off, not counted`);
  }
  print(
    isWhole ? 'Everything in the journal is there.' : 'NOT everything in the journal is there.',
  );
}
