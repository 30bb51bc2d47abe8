import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { isCode } from '../../service/library/file-system.ts';
import { NextStepError } from '../next-step-error.ts';

const pairedRoostSchema = z.object({
  /** Name and address when it was last spoken to. */
  name: z.string(),
  origin: z.string(),
  deviceId: z.uuid(),
  token: z.string().min(1).max(1000),
  pairedAt: z.number().int(),
});

const fileSchema = z.object({ roosts: z.record(z.uuid(), pairedRoostSchema) });

export type PairedRoost = z.infer<typeof pairedRoostSchema>;

/** The Roosts this computer may send to, by their ids. */
export type PairedRoosts = Readonly<Record<string, PairedRoost>>;

/**
 * Reads `paired.json` of the client folder; none there means paired with nobody.
 * @throws {NextStepError} `auth/token-missing` when the file is damaged: it is left as it is.
 */
export async function readPairedRoosts(clientFolder: string): Promise<PairedRoosts> {
  const path = fileIn(clientFolder);
  let text;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return {};
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text)).roosts;
  } catch (cause) {
    throw new NextStepError(
      'auth/token-missing',
      `The file of paired Roosts is damaged: ${path}`,
      'Delete that file and pair again with --code.',
      { cause },
    );
  }
}

/** Adds or replaces one Roost. The file holds tokens: only its owner may read it. */
export async function rememberRoost(
  clientFolder: string,
  serverId: string,
  roost: PairedRoost,
): Promise<void> {
  const roosts = { ...(await readPairedRoosts(clientFolder)), [serverId]: roost };
  await mkdir(clientFolder, { recursive: true, mode: 0o700 });
  const staged = join(clientFolder, `.paired-${randomUUID()}.json`);
  try {
    await using file = await open(staged, 'wx', 0o600);
    await file.writeFile(`${JSON.stringify({ roosts }, undefined, 2)}\n`);
    await file.sync();
  } catch (error) {
    await rm(staged, { force: true });
    throw error;
  }
  await rename(staged, fileIn(clientFolder));
}

function fileIn(clientFolder: string): string {
  return join(clientFolder, 'paired.json');
}
