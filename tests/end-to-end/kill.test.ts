import { randomBytes, randomInt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { expect, it } from 'vitest';

import type { Receipt } from '../../shared/receipt.ts';
import { readJournal } from '../../electron/service/library/journal.ts';
import { nodeFileSystem } from '../../electron/service/library/file-system.ts';
import { FakePhone, sha256Of } from '../support/fake-phone.ts';
import { RoostProcess, runRoostJson } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { triesAll } from '../support/operations-to-try.ts';

const KILLS = triesAll ? 22 : 12;
const PHONES = 4;

interface Sent {
  readonly assetKey: string;
  readonly sha256: string;
  receiptId?: string;
}

it(
  `keeps every answered upload, and nothing else, over ${KILLS} kills in the middle of uploads`,
  { timeout: 600_000 },
  async () => {
    await using temp = await tempFolder();
    const folders = {
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    };
    const sent: Sent[] = [];
    let token: string | undefined;
    let brokenCount = 0;

    for (let round = 0; round < KILLS; round++) {
      const roost = await RoostProcess.start(folders);
      token ??= (await roost.pair('Kill phone')).token;
      const phone = new FakePhone(roost.lanUrl, token);
      const stop = new AbortController();
      const enough = Promise.withResolvers<undefined>();
      let answersToWaitFor = randomInt(0, 4);
      if (answersToWaitFor === 0) enough.resolve(undefined);
      const sendAll = async (): Promise<void> => {
        while (!stop.signal.aborted) {
          const bytes = randomBytes(randomInt(2_000, 3_000_000));
          const upload: Sent = { assetKey: `key-${sent.length}`, sha256: sha256Of(bytes) };
          sent.push(upload);
          try {
            const answer = await phone.upload({
              assetKey: upload.assetKey,
              bytes,
              fileName: `IMG_${sent.length % 7}.JPG`,
            });
            if (answer.status === 201) upload.receiptId = String(answer.headers['roost-receipt']);
            answersToWaitFor -= 1;
            if (answersToWaitFor <= 0) enough.resolve(undefined);
          } catch {
            brokenCount += 1;
            return;
          }
        }
      };
      const sending = Array.from({ length: PHONES }, sendAll);
      await enough.promise;
      // Any moment will do; a random one each round finds another step of the way.
      await sleep(randomInt(1, 60));
      await roost.kill();
      stop.abort();
      await Promise.all(sending);
      phone.close();
    }

    // The last start settles what the last kill left; verify then looks at what is on disk.
    await using roost = await RoostProcess.start(folders);
    const verified = await runRoostJson(['verify', '--library', folders.libraryFolder]);
    expect(verified.exitCode, verified.stdout).toBe(0);
    expect(verified.json).toMatchObject({
      damaged: [],
      missing: [],
      unknown: [],
      journalDamage: [],
      stagingFileCount: 0,
    });

    const receipts = await readReceipts(folders.libraryFolder);
    const answered = sent.filter((upload) => upload.receiptId !== undefined);
    for (const upload of answered) {
      const receipt = receipts.get(upload.assetKey);
      expect(receipt?.receiptId, upload.assetKey).toBe(upload.receiptId);
      expect(receipt?.sha256).toBe(upload.sha256);
      const bytes = await readFile(
        join(folders.libraryFolder, ...(receipt?.path ?? '').split('/')),
      );
      expect(sha256Of(bytes)).toBe(upload.sha256);
    }
    // What is stored without an answer was at least sent, and is complete.
    const sentByKey = new Map(sent.map((upload) => [upload.assetKey, upload.sha256]));
    for (const [assetKey, receipt] of receipts)
      expect(receipt.sha256).toBe(sentByKey.get(assetKey));
    // A run in which no kill hit an upload would prove nothing.
    expect(brokenCount).toBeGreaterThan(KILLS / 2);
    expect(answered.length).toBeGreaterThan(0);

    const phone = new FakePhone(roost.lanUrl, token);
    const again = randomBytes(1000);
    expect((await phone.upload({ assetKey: 'after', bytes: again })).status).toBe(201);
    phone.close();
    process.stdout.write(
      `${KILLS} kills, ${sent.length} uploads, ${answered.length} answered, ${brokenCount} broken off, ${receipts.size} stored\n`,
    );
  },
);

async function readReceipts(libraryFolder: string): Promise<Map<string, Receipt>> {
  const receipts = new Map<string, Receipt>();
  for await (const line of readJournal(join(libraryFolder, '.roost', 'journal'), nodeFileSystem)) {
    if ('damage' in line) throw new Error(`journal line ${line.damage.lineNumber} is damaged`);
    if (line.entry.entry === 'receipt') receipts.set(line.entry.assetKey, line.entry);
  }
  return receipts;
}
