import { Readable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { openCore, sha256Of, TABLET, upload } from '../../../tests/support/core-lab.ts';
import { SlowDisk } from '../../../tests/support/slow-disk.ts';
import { tempFolder } from '../../../tests/support/temp-folder.ts';
import { expectWhole } from '../../../tests/support/expect-whole.ts';

const CHUNK_BYTES = 64 * 1024;
const CHUNK_COUNT = 160;
const BATCH_BYTES = 1024 * 1024;

it('takes no more of a body than two batches ahead of the disk', async () => {
  await using temp = await tempFolder();
  const disk = new SlowDisk();
  await using core = await openCore({ folder: temp.path, files: disk });
  let takenByteCount = 0;
  let writtenByteCount = 0;
  let mostAhead = 0;
  const body = new Readable({
    highWaterMark: CHUNK_BYTES,
    read() {
      const isOver = takenByteCount === CHUNK_COUNT * CHUNK_BYTES;
      if (!isOver) takenByteCount += CHUNK_BYTES;
      mostAhead = Math.max(mostAhead, takenByteCount - writtenByteCount);
      this.push(isOver ? null : Buffer.alloc(CHUNK_BYTES, takenByteCount % 251));
    },
  });
  const isWrite = (operation: string): boolean => operation.startsWith('writev');
  disk.hold(isWrite);
  const receiving = core.ingest.receive(upload('', { body }));
  const state = { isDone: false };
  void receiving.finally(() => (state.isDone = true));
  let writeCount = 0;
  while (!state.isDone) {
    await Promise.race([disk.untilHeld(), receiving]);
    // However long the disk takes, nothing more arrives than what was asked for.
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
    expect(disk.held.length).toBeLessThanOrEqual(1);
    if (disk.held.length === 0) continue;
    writeCount += 1;
    disk.letOneGo();
    writtenByteCount = Math.min(writeCount * BATCH_BYTES, takenByteCount);
  }
  const { receipt } = await receiving;
  expect(receipt.byteCount).toBe(CHUNK_COUNT * CHUNK_BYTES);
  expect(writeCount).toBe((CHUNK_COUNT * CHUNK_BYTES) / BATCH_BYTES);
  // One chunk more waits in the stream itself, one is on its way.
  expect(mostAhead).toBeLessThanOrEqual(2 * BATCH_BYTES + 2 * CHUNK_BYTES);
  expect(mostAhead).toBeGreaterThan(BATCH_BYTES);
});

describe('an upload whose file hangs', () => {
  it.each(['open', 'writev', 'futimes', 'datasync', 'fstat', 'close', 'link', 'unlink'])(
    'at %s delays no other, of the same device or another one',
    async (name) => {
      await using temp = await tempFolder();
      const disk = new SlowDisk();
      await using core = await openCore({ folder: temp.path, files: disk });
      // So that the folders are there, which all uploads share.
      await core.ingest.receive(upload('zero', { assetKey: 'zero' }));
      disk.holdNext((operation) => operation.startsWith(name) && /staging|link/.test(operation));
      const hanging = core.ingest.receive(upload('one', { assetKey: 'one' }));
      await disk.untilHeld();
      for (const other of [
        // Called otherwise: a file of the same name and moment may be of the same photo, and goes where it went.
        upload('two', { assetKey: 'two', told: { fileName: 'IMG_2.HEIC' } }),
        upload('three', { assetKey: 'three', deviceId: TABLET, deviceFolder: 'Tablet' }),
        // The very resource that hangs under another name: it must wait only once its bytes are here.
        upload('zero', { assetKey: 'again' }),
      ]) {
        await core.ingest.receive(other);
      }
      expect(disk.held).toHaveLength(1);
      disk.letAllGo();
      expect((await hanging).receipt.sha256).toBe(sha256Of('one'));
      await expectWhole(core.libraryFolder);
    },
  );
});
