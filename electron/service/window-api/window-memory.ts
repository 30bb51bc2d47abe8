import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Logger } from 'pino';
import { z } from 'zod';

import { nodeFileSystem } from '../library/file-system.ts';
import { writeFileDurably } from '../library/write-file-durably.ts';

const windowMemorySchema = z.object({
  port: z.number().int().min(1).max(65_535),
  cookieName: z.string().regex(/^roost-[0-9a-f]{8}$/),
  /** Of the run's key, which itself is nowhere once the run is over. */
  keySha256: z.string().regex(/^[0-9a-f]{64}$/),
  startedAt: z.number().int(),
});

/** What is remembered of the window's listener of a run, so that a page that stays open finds the next one. */
export type WindowMemory = z.infer<typeof windowMemorySchema>;

function memoryPath(dataFolder: string): string {
  return join(dataFolder, 'window.json');
}

/** `undefined` where nothing, or nothing sound, is remembered: then open pages have to be signed in again. */
export async function readWindowMemory(dataFolder: string): Promise<WindowMemory | undefined> {
  try {
    return windowMemorySchema.parse(JSON.parse(await readFile(memoryPath(dataFolder), 'utf8')));
  } catch {
    return undefined;
  }
}

/** A convenience alone: where it cannot be written, open pages have to be signed in again. */
export async function writeWindowMemory(
  dataFolder: string,
  { port, cookieName, keySha256, startedAt }: WindowMemory,
  log: Logger,
): Promise<void> {
  const text = JSON.stringify({ port, cookieName, keySha256, startedAt });
  try {
    await writeFileDurably(nodeFileSystem, memoryPath(dataFolder), `${text}\n`);
  } catch (error) {
    log.warn({ err: error }, 'the window is not remembered for the next start');
  }
}
