import { appendFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import type { Receipt } from '../../../shared/receipt.ts';
import { receipt } from '../../../tests/support/core-lab.ts';
import { FaultyFileSystem } from '../../../tests/support/faulty-file-system.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';

import { checkedLine } from './checked-line.ts';
import { nodeFileSystem } from './file-system.ts';
import { PlacementLog, readPlacements } from './placement-log.ts';

const journalEnd = () => ({ file: '2026-11.jsonl', byteOffset: 7 });

/** A receipt of about 100 KB, so that the limits are reached soon. */
function large(): Receipt {
  return receipt({ told: { cloudId: 'x'.repeat(100_000) } });
}

it('has an announcement durable before the file may be placed', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'placing.jsonl');
  const files = new FaultyFileSystem();
  const log = new PlacementLog(path, files, journalEnd);
  const announced = receipt();
  await log.announce(announced);
  expect(files.operations.at(-1)).toBe(`datasync ${path}`);
  expect((await readPlacements(path)).announced).toEqual([announced]);
  await log.close();
});

it('reads whole announcements only and nothing of a missing file', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'placing.jsonl');
  expect((await readPlacements(path)).announced).toEqual([]);
  const log = new PlacementLog(path, nodeFileSystem, journalEnd);
  const announced = receipt();
  await log.announce(announced);
  await log.close();
  await appendFile(path, 'rot\n{"half');
  expect((await readPlacements(path)).announced).toEqual([announced]);
});

it('is emptied when it is large and nothing is being placed', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'placing.jsonl');
  const log = new PlacementLog(path, nodeFileSystem, journalEnd);
  const last = receipt();
  for (let at = 0; at < 12; at++) await log.announce(large());
  await log.announce(last);
  for (let at = 0; at < 12; at++) log.settle();
  expect((await stat(path)).size).toBeGreaterThan(1024 * 1024);
  log.settle();
  const next = receipt();
  await log.announce(next);
  expect((await readPlacements(path)).announced).toEqual([next]);
  await log.close();
});

it('stays bounded under placements that never pause', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'placing.jsonl');
  const log = new PlacementLog(path, nodeFileSystem, journalEnd);
  let largest = 0;
  const placeSome = async (): Promise<void> => {
    for (let at = 0; at < 50; at++) {
      await log.announce(large());
      largest = Math.max(largest, (await stat(path)).size);
      log.settle();
    }
  };
  await Promise.all([placeSome(), placeSome(), placeSome()]);
  expect(largest).toBeLessThan(5 * 1024 * 1024);
  await log.close();
});

it('keeps everything while a placement could not be settled, and forgets again once it was', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'placing.jsonl');
  const log = new PlacementLog(path, nodeFileSystem, journalEnd);
  const unsettled = receipt();
  await log.announce(unsettled);
  let isDiskBroken = true;
  log.keep(() => (isDiskBroken ? Promise.reject(new Error('EIO')) : Promise.resolve()));
  const placeMany = async (): Promise<void> => {
    for (let at = 0; at < 60; at++) {
      await log.announce(large());
      log.settle();
    }
  };
  await placeMany();
  await log.settleLeft();
  await placeMany();
  expect((await readPlacements(path)).announced[0]).toEqual(unsettled);
  isDiskBroken = false;
  await Promise.all([log.settleLeft(), log.settleLeft()]);
  await placeMany();
  expect((await stat(path)).size).toBeLessThan(3 * 1024 * 1024);
  await log.close();
});

it('tells a failed announcement in words of the catalogue and takes the next', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'placing.jsonl');
  const log = new PlacementLog(path, new FaultyFileSystem({ at: 3, code: 'ENOSPC' }), journalEnd);
  await expect(log.announce(receipt())).rejects.toMatchObject({ code: 'library/disk-full' });
  log.settle();
  const next = receipt();
  await log.announce(next);
  expect((await readPlacements(path)).announced).toEqual([next]);
  await log.close();
});

it('tells the last place up to which the journal was durable, also once it was emptied', async () => {
  await using temp = await tempFolder();
  const path = join(temp.path, 'placing.jsonl');
  let end = { file: '2026-11.jsonl', byteOffset: 700 };
  const log = new PlacementLog(path, nodeFileSystem, () => end);
  await log.empty();
  expect(await readPlacements(path)).toEqual({ announced: [], moves: [], journalEnd: end });
  const announced = receipt();
  end = { file: '2026-12.jsonl', byteOffset: 20 };
  await log.announce(announced);
  await log.close();
  await appendFile(path, checkedLine({ journalEnd: { file: '2026-11.jsonl', byteOffset: 9000 } }));
  expect(await readPlacements(path)).toEqual({
    announced: [announced],
    moves: [],
    journalEnd: end,
  });
});
