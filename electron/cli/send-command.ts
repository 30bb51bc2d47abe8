import { join } from 'node:path';

import { printJson, printLine, type CliContext } from './cli-context.ts';
import { defineCommand, parseWholeNumber, UsageError } from './command.ts';
import { dataFolderOf } from './data-folder.ts';
import { findFiles, type FoundFiles } from './send/find-files.ts';
import {
  findRoost,
  parseAddress,
  reachRoost,
  type ReachedRoost,
  type RoostFinder,
} from './send/find-roost.ts';
import { getToken } from './send/get-token.ts';
import { NativeClient } from './send/native-client.ts';
import { readPairedRoosts } from './send/paired-roosts.ts';
import { chooseReporter } from './send/send-reporters.ts';
import { sendFiles } from './send/send-run.ts';
import { exitCodeOf, printSummary, summaryEvent } from './send/send-summary.ts';
import { countOf, printable } from './text-format.ts';

const DEFAULT_PARALLEL = 4;

export const sendCommand = defineCommand({
  name: 'send',
  summary: 'send files and folders to a Roost',
  operands: 'FILE|FOLDER...',
  details: [
    'Finds Roost on the local network, or takes its address. The first time it needs a pairing code',
    '("roost pair" on the other computer shows one); the token it gets is remembered. What is already',
    'there is not sent again. Hidden and system files are left out, and links are not followed.',
  ].join('\n'),
  options: {
    to: { type: 'string', value: 'HOST:PORT', help: 'address of the Roost, instead of searching' },
    code: { type: 'string', value: 'CODE', help: 'pair with this code first' },
    name: { type: 'string', value: 'NAME', help: 'what this computer is called there' },
    token: { type: 'string', value: 'TOKEN', help: 'use this device token, remember nothing' },
    data: { type: 'string', value: 'DIR', help: 'folder that remembers paired Roosts' },
    parallel: { type: 'string', value: 'N', help: 'files on their way at a time (4)' },
    json: { type: 'boolean', help: 'print one JSON line a file, and a summary line' },
  },
  async run(options, context, operands) {
    if (operands.length === 0) throw new UsageError('Say which files or folders to send.');
    const parallel = parseWholeNumber('parallel', options.parallel, 1, 32) ?? DEFAULT_PARALLEL;
    const address = options.to === undefined ? undefined : parseAddress(options.to);
    const signal = context.interrupted;

    const found = await findFiles(operands, context.workingFolder, signal);
    const clientFolder =
      options.data === undefined
        ? join(dataFolderOf(undefined, context), 'client')
        : dataFolderOf(options.data, context);
    const paired = options.token === undefined ? await readPairedRoosts(clientFolder) : {};
    const roost =
      address === undefined
        ? await findRoost(options.code === undefined ? paired : {}, search, signal)
        : await reachRoost(address, signal);
    const { token: givenToken, code } = options;
    const deviceName = options.name ?? context.hostName;
    const wishes = { token: givenToken, code, deviceName, clientFolder };
    const token = await getToken(roost, paired, wishes, context);

    const reporter = chooseReporter(options.json, context);
    if (!options.json)
      printLine(context.stdout, `Sending to "${printable(roost.name)}" at ${roost.origin}`);
    const obstacle = libraryObstacle(roost);
    if (obstacle !== undefined) {
      printLine(options.json ? context.stderr : context.stdout, obstacle);
    }
    reportLeftOut(found, options.json, context);
    const client = new NativeClient({ origin: roost.origin, token, parallel });
    const summary = await sendFiles(found.files, {
      client,
      serverId: roost.id,
      parallel,
      reporter,
      pause: context.pause,
      interrupted: signal,
    }).finally(() => client.close());

    if (options.json) printJson(context.stdout, summaryEvent(summary, found, roost));
    else printSummary(summary, found, context);
    return exitCodeOf(summary, found);
  },
});

/** Why the Roost that was found will take nothing, or not much, as long as that lasts. */
function libraryObstacle({ name, library }: ReachedRoost): string | undefined {
  const whose = `The library of "${printable(name)}"`;
  if (library === 'missing') {
    return `${whose} cannot be reached just now. Look at Roost there. Trying for a few minutes.`;
  }
  return library === 'full'
    ? `${whose} is full. Make room on its disk, then send again.`
    : undefined;
}

/** Loaded only when needed: most runs know their Roost's address. */
const search: RoostFinder = async (options) => {
  const { findRoosts } = await import('../service/discovery/finder.ts');
  return findRoosts(options);
};

function reportLeftOut(found: FoundFiles, asJson: boolean, context: CliContext): void {
  if (asJson) {
    for (const { path, reason } of found.leftOut) {
      printJson(context.stdout, { event: 'left-out', path, reason });
    }
    for (const { path, reason } of found.unreadable) {
      printJson(context.stdout, { event: 'unreadable', path, reason });
    }
    return;
  }
  if (found.leftOut.length === 0) return;
  if (context.stdout.isTTY) {
    const counts = new Map<string, number>();
    for (const { reason } of found.leftOut) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    const parts = [...counts].map(([reason, count]) => countOf(count, reason));
    printLine(context.stdout, `Left out: ${parts.join(', ')}`);
    return;
  }
  for (const { path, reason } of found.leftOut) {
    printLine(context.stdout, `left out   ${printable(path)}: ${reason}`);
  }
}
