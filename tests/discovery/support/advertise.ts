/** Announces a Roost until standard input ends; writes every state as one line of JSON. */
import { z } from 'zod';

import { startAdvertiser } from '../../../electron/service/discovery/advertiser.ts';

const roost = z
  .object({
    name: z.string(),
    id: z.uuid(),
    port: z.number(),
    tls: z.boolean(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const write = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const log = (details: object, message: string) =>
  process.stderr.write(`# ${message} ${JSON.stringify(details)}\n`);

const advertiser = startAdvertiser({
  ...roost,
  path: '/v1',
  log: { debug: log, info: log, warn: log },
  onState: write,
});

process.stdin.resume().once('end', () => {
  void advertiser.close().then(() => write({ kind: 'closed' }));
});
