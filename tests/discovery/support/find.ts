/** Searches for Roosts once and writes what it found as JSON. */
import { z } from 'zod';

import { findRoosts } from '../../../electron/service/discovery/finder.ts';

const { timeoutMs, ...wanted } = z
  .object({ timeoutMs: z.number(), id: z.string().optional(), name: z.string().optional() })
  .parse(JSON.parse(process.argv[2] ?? ''));

const found = await findRoosts({
  timeoutMs,
  ...(wanted.id !== undefined && { id: wanted.id }),
  ...(wanted.name !== undefined && { name: wanted.name }),
});
process.stdout.write(JSON.stringify(found));
