import type { Statement } from './job-upload.ts';

/** Tables with a row for each upload of a job, or for each part of one. */
const TABLES = ['uploads', 'upload_stretches'] as const;

/** Gives one job's uploads to another that has so many, and ends the first. */
export function joinStatements(fromId: string, toId: string, before: number): Statement[] {
  return [
    ...TABLES.map((table): Statement => [
      `UPDATE ${table} SET job_id = ?, upload_number = upload_number + ? WHERE job_id = ?`,
      toId,
      before,
      fromId,
    ]),
    ['DELETE FROM jobs WHERE job_id = ?', fromId],
    ['DELETE FROM dismissed_jobs WHERE job_id = ?', fromId],
  ];
}

/** Gives one upload of a job to another one, under a number that is free there. */
export function moveStatements(
  fromId: string,
  fromNumber: number,
  toId: string,
  toNumber: number,
): Statement[] {
  return TABLES.map((table) => [
    `UPDATE ${table} SET job_id = ?, upload_number = ? WHERE job_id = ? AND upload_number = ?`,
    toId,
    toNumber,
    fromId,
    fromNumber,
  ]);
}
