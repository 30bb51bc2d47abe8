import type { DeviceView, DiscoveryState, JobView, Overview } from '../../shared/window-views.ts';
import { printJson, printLine, type CliContext } from './cli-context.ts';
import { defineCommand } from './command.ts';
import { dataFolderOf } from './data-folder.ts';
import { EXIT } from './exit-codes.ts';
import { problemText } from './problem-text.ts';
import { findRunningService } from './running-service.ts';
import { countOf, formatByteCount, printable } from './text-format.ts';
import { callWindow, type WindowAddress } from './window-client.ts';

const MOST_JOBS_SHOWN = 20;

interface Status {
  /** Address that signs a browser of the same user in to the window's pages. */
  readonly window: string;
  readonly overview: Overview;
  readonly devices: readonly DeviceView[];
  readonly jobCounts: Readonly<Record<string, number>>;
  readonly liveJobs: readonly JobView[];
}

export const statusCommand = defineCommand({
  name: 'status',
  summary: 'what the running Roost is doing',
  options: {
    data: { type: 'string', value: 'DIR', help: 'data folder of the running Roost' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  async run(options, context) {
    const address = await findRunningService(dataFolderOf(options.data, context));
    const [overview, { devices }, receiving, proving] = await Promise.all([
      callWindow(address, 'overview.get', {}),
      callWindow(address, 'devices.list', {}),
      callWindow(address, 'jobs.list', { state: 'receiving', limit: MOST_JOBS_SHOWN }),
      callWindow(address, 'jobs.list', { state: 'proving', limit: MOST_JOBS_SHOWN }),
    ]);
    const status: Status = {
      window: windowUrl(address),
      overview,
      devices,
      jobCounts: receiving.counts,
      liveJobs: [...receiving.jobs, ...proving.jobs].slice(0, MOST_JOBS_SHOWN),
    };
    if (options.json) printJson(context.stdout, { running: true, ...status });
    else printStatus(status, context);
    return EXIT.ok;
  },
});

function printStatus(
  { window, overview, devices, jobCounts, liveJobs }: Status,
  context: CliContext,
): void {
  const print = (text: string): void => printLine(context.stdout, text);
  const { server, library, lan, previews } = overview;
  print(`Roost ${server.version} "${printable(server.name)}" runs`);
  print(`Library    ${printable(library.folder)} (${libraryText(library)})`);
  print(
    `           ${countOf(library.assetCount, 'asset')}, ${countOf(library.resourceCount, 'file')}, ` +
      formatByteCount(library.byteCount),
  );
  if (library.problemCode !== undefined) print(`           ${problemText(library.problemCode)}`);
  print(`Window     ${window}`);
  print(`Addresses  ${lan.urls.join('  ')}`);
  print(`Discovery  ${discoveryText(overview.discovery)}`);
  if (previews.waitingCount + previews.failedCount > 0) {
    print(`Previews   ${previews.waitingCount} waiting, ${previews.failedCount} not possible`);
  }
  print(`Re-read    ${scrubText(overview.scrub)}`);
  const jobs = Object.entries(jobCounts).filter(([, count]) => count > 0);
  print(`Jobs       ${jobs.map(([state, count]) => `${count} ${state}`).join(', ') || 'none yet'}`);
  for (const job of liveJobs) {
    const whole = job.expectedByteCount;
    print(
      `           ${printable(job.fileName)} from ${printable(job.deviceName)}: ` +
        `${formatByteCount(job.receivedByteCount)}${whole === undefined ? '' : ` of ${formatByteCount(whole)}`}`,
    );
  }
  print(`Devices    ${devices.length === 0 ? 'none yet' : ''}`.trimEnd());
  for (const device of devices) {
    print(
      `           ${printable(device.name)}: ${countOf(device.resourceCount, 'file')}, ` +
        `${formatByteCount(device.byteCount)}${device.trusted ? '' : ' (not let in)'}`,
    );
  }
  for (const notice of overview.notices) print(`Note       ${printable(notice.text)}`);
}

function scrubText(scrub: Overview['scrub']): string {
  const { originalCount, readCount, damagedCount, missingCount, askedAt, everyDays } = scrub;
  const span =
    askedAt !== undefined
      ? ' in the run that goes on'
      : everyDays === 0
        ? ', off'
        : ` within ${countOf(everyDays, 'day')}`;
  return (
    `${readCount} of ${countOf(originalCount, 'original')}${span}; ` +
    `${damagedCount} damaged, ${missingCount} missing`
  );
}

function windowUrl({ windowOrigin, key }: WindowAddress): string {
  const url = new URL('/', windowOrigin);
  url.searchParams.set('key', key);
  return url.href;
}

function libraryText(library: Overview['library']): string {
  const free =
    library.freeByteCount === undefined ? '' : `, ${formatByteCount(library.freeByteCount)} free`;
  return LIBRARY_WORDS[library.state] + free;
}

const LIBRARY_WORDS: Readonly<Record<Overview['library']['state'], string>> = {
  ready: 'ready',
  full: 'disk full',
  opening: 'being opened',
  missing: 'cannot be reached',
  'in-use': 'in use by another Roost',
  unusable: 'cannot be used',
};

function discoveryText(state: DiscoveryState): string {
  switch (state.kind) {
    case 'advertising':
      return `announced as "${printable(state.name)}" (${state.host})`;
    case 'no-network':
      return 'no network to announce on';
    case 'off':
      return 'off: devices need the address';
    case 'starting':
      return 'starting';
    case 'failed':
      return `failed: ${printable(state.reason)}`;
  }
}
