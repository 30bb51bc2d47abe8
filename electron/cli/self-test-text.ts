import { DAMAGES } from '../service/scrub/plant-damage.ts';
import { MAX_SAMPLE_BYTE_COUNT, MAX_SAMPLE_FILE_COUNT } from '../service/scrub/sample-library.ts';
import type { SelfTestReport } from '../service/scrub/self-test.ts';
import { countOf, formatByteCount, printable } from './text-format.ts';

/** A self-test's report as lines for a terminal. */
export function selfTestLines(report: SelfTestReport): string[] {
  const { copiedCount, copiedByteCount, madeCount, notWholeCount, planted } = report;
  const missed = planted.filter(({ found }) => found === undefined);
  const most = `at most ${MAX_SAMPLE_FILE_COUNT} files and ${formatByteCount(MAX_SAMPLE_BYTE_COUNT)} are copied`;
  return [
    copiedCount === 0
      ? `No original to copy; ${countOf(madeCount, 'file')} made`
      : `${countOf(copiedCount, 'original')} copied (${formatByteCount(copiedByteCount)}; ${most}), ${countOf(madeCount, 'file')} made besides`,
    ...(notWholeCount === 0
      ? []
      : [
          `${countOf(notWholeCount, 'original')} could not be copied whole: "roost verify" says what is the matter`,
        ]),
    ...planted.map(({ path, kind, found }) =>
      found === undefined
        ? `MISSED   ${printable(path)}, ${DAMAGES[kind]}`
        : `found    ${printable(path)}, ${DAMAGES[kind]}: ${printable(found)}`,
    ),
    ...report.falseAlarms.map(
      ({ path, reason }) =>
        `WRONG    ${printable(path)} was not damaged, but: ${printable(reason)}`,
    ),
    ...report.notPossible.map((kind) => `skipped  ${DAMAGES[kind]}: not possible here`),
    report.ok
      ? `All ${planted.length} damaged copies were found, and nothing else. Your originals were only read.`
      : `NOT everything was found: ${missed.length} missed, ${report.falseAlarms.length} wrong. Your originals were only read.`,
  ];
}
