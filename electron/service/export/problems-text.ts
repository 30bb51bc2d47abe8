import type { ExportProblem } from '../../../shared/export-view.ts';

/** What is wrong with an export, for who opens it: in both languages of the window, since nobody knows who that is. */
export function problemsText({
  problems,
  problemCount,
}: {
  readonly problems: readonly ExportProblem[];
  readonly problemCount: number;
}): string {
  const lines = problems.map(
    ({ fileName, reason }) =>
      `${reason === 'damaged' ? 'DAMAGED / BESCHÄDIGT' : 'MISSING / FEHLT'}: ${fileName}`,
  );
  const more = problemCount - problems.length;
  return [
    'Not everything in this export is as it came from the phone.',
    'DAMAGED: the file in the library is not as it was received any more. It is in here as it was read.',
    'MISSING: the file does not stand in the library, and is not in here.',
    '',
    'Nicht alles in diesem Export ist so, wie es vom Handy kam.',
    'BESCHÄDIGT: Die Datei in der Bibliothek ist nicht mehr so, wie sie ankam. Sie ist hier, wie sie gelesen wurde.',
    'FEHLT: Die Datei liegt nicht in der Bibliothek und ist hier nicht dabei.',
    '',
    ...lines,
    ...(more > 0 ? [`… + ${more}`] : []),
    '',
  ].join('\r\n');
}
