import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { jobFilterSchema } from '../../../shared/job-filter.ts';
import { PHONE, TABLET } from '../../../tests/support/core-lab.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { openCatalog, type Catalog } from '../catalog/open-catalog.ts';
import { recordEntry } from '../catalog/record-entry.ts';

import { listJobs } from './list-jobs.ts';

let temp: Awaited<ReturnType<typeof tempFolder>>;
let catalog: Catalog;

beforeEach(async () => {
  temp = await tempFolder();
  catalog = openCatalog(join(temp.path, 'catalog.sqlite'));
  for (const [deviceId, name] of [
    [PHONE, 'Annas iPhone'],
    [TABLET, 'Büro'],
  ] as const) {
    const device = {
      deviceId,
      name,
      folder: name,
      model: '',
      platform: '',
      app: '',
      pairedAt: 1,
      recordedAt: 1,
    };
    recordEntry(catalog, { entry: 'device', ...device });
  }
});
afterEach(async () => {
  catalog.close();
  await temp[Symbol.asyncDispose]();
});

let changedAt = 1_000;

function add(
  fileName: string,
  change: { deviceId?: string; errorCode?: string; at?: number } = {},
): void {
  const { deviceId = PHONE, errorCode, at = (changedAt += 1) } = change;
  const jobId = randomUUID();
  const state = errorCode === undefined ? 'stored' : 'failed';
  catalog.run(
    `INSERT INTO jobs (job_id, device_id, asset_key, resource_type, file_name, state, error_code,
       received_byte_count, started_at, changed_at, upload_count)
     VALUES (?, ?, ?, 'photo', ?, ?, ?, 0, ?, ?, 1)`,
    ...[jobId, deviceId, `key-${fileName}`, fileName, state, errorCode ?? null, at, at],
  );
}

/** All names that are found, over pages of two. */
function found(filter: object): string[] {
  const names: string[] = [];
  let before: string | undefined;
  do {
    const page = listJobs(catalog, jobFilterSchema.parse(filter), { before, limit: 2 });
    names.push(...page.jobs.map(({ fileName }) => fileName));
    before = page.nextCursor;
  } while (before !== undefined);
  return names;
}

function fill(count: number): void {
  catalog.transaction(() => {
    for (let at = 0; at < count; at += 1) add(`FILL_${at}.JPG`);
  });
}

describe('the search of the history', () => {
  it('finds a part of a file name whatever its case, newest first', () => {
    add('IMG_0001.HEIC');
    add('Überall.mov');
    add('IMG_0002.HEIC');
    expect(found({ text: 'img_' })).toEqual(['IMG_0002.HEIC', 'IMG_0001.HEIC']);
    expect(found({ text: 'ÜBER' })).toEqual(['Überall.mov']);
    expect(found({ text: '_1' })).toEqual([]);
    expect(found({ text: '01' })).toEqual(['IMG_0001.HEIC']);
    expect(found({ text: '"%\u0000' })).toEqual([]);
  });

  it('finds by device and by reason as well, each job once', () => {
    add('a.jpg');
    add('büro.jpg', { deviceId: TABLET, errorCode: 'library/disk-full' });
    add('c.jpg', { errorCode: 'library/disk-full' });
    add('d.jpg', { errorCode: 'upload/idle' });
    expect(found({ text: 'BÜRO' })).toEqual(['büro.jpg']);
    expect(found({ text: 'voll', reasons: 'library/disk-full,no/such-code' })).toEqual([
      'c.jpg',
      'büro.jpg',
    ]);
    expect(found({ text: 'iphone', state: 'failed' })).toEqual(['d.jpg', 'c.jpg']);
  });

  it('finds one name far back at once, and a frequent or short one step by step', () => {
    add('xyz.mov');
    // More than are looked up by name alone.
    fill(2_100);
    const ask = (text: string, before?: string): ReturnType<typeof listJobs> =>
      listJobs(catalog, jobFilterSchema.parse({ text }), { limit: 5, lookThrough: 2_000, before });
    expect(ask('xyz').jobs.map(({ fileName }) => fileName)).toEqual(['xyz.mov']);
    expect(ask('xyz').nextCursor).toBeUndefined();
    expect(ask('fill').jobs).toHaveLength(5);
    expect(ask('fill').nextCursor).toBeDefined();
    const first = ask('xy');
    expect(first.jobs).toEqual([]);
    expect(ask('xy', first.nextCursor).jobs.map(({ fileName }) => fileName)).toEqual(['xyz.mov']);
  });

  it('follows a file that gets another name', () => {
    add('before.jpg');
    catalog.run("UPDATE jobs SET file_name = 'after.jpg'");
    expect(found({ text: 'before' })).toEqual([]);
    expect(found({ text: 'after' })).toEqual(['after.jpg']);
    catalog.run("UPDATE jobs SET file_name = '', asset_key = 'the-key'");
    catalog.run('DELETE FROM jobs');
    expect(found({ text: 'after' })).toEqual([]);
  });
});
