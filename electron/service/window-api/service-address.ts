import { readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { nodeFileSystem } from '../library/file-system.ts';
import { writeFileDurably } from '../library/write-file-durably.ts';

const serviceAddressSchema = z.object({
  /** Origin of the window's listener, e.g. `http://127.0.0.1:40123`. */
  windowOrigin: z.url(),
  key: z.string(),
  pid: z.number().int(),
});

/** Where a running service is found by programs of the same user on the same computer. */
export type ServiceAddress = z.infer<typeof serviceAddressSchema>;

function addressPath(dataFolder: string): string {
  return join(dataFolder, 'service.json');
}

/** Writes the address where only the same user can read it. */
export async function writeServiceAddress(
  dataFolder: string,
  address: ServiceAddress,
): Promise<void> {
  await writeFileDurably(nodeFileSystem, addressPath(dataFolder), `${JSON.stringify(address)}\n`);
}

/** The address of a service that runs, or seemed to when it was last heard of; `undefined` where there is none. */
export async function readServiceAddress(dataFolder: string): Promise<ServiceAddress | undefined> {
  try {
    const text = await readFile(addressPath(dataFolder), 'utf8');
    return serviceAddressSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function removeServiceAddress(dataFolder: string): Promise<void> {
  await unlink(addressPath(dataFolder)).catch(() => undefined);
}
