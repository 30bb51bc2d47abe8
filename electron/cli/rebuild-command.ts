import { RoostError } from '../../shared/error-catalogue.ts';
import { printJson, printLine } from './cli-context.ts';
import { defineCommand } from './command.ts';
import { dataFolderOf } from './data-folder.ts';
import { EXIT } from './exit-codes.ts';
import { libraryFolderOf } from './library-folder.ts';
import { ProgressLine } from './progress-line.ts';
import { isServiceRunning } from './running-service.ts';
import { countOf, printable } from './text-format.ts';

export const rebuildCommand = defineCommand({
  name: 'rebuild',
  summary: 'make the catalog anew from the library alone',
  details: [
    'Reads the journal in the library and writes a new catalog into the data folder. No photo in the',
    'library is changed; what a crash left behind there is settled first, as at each start of Roost.',
    'Roost must not be running with that data folder or library.',
  ].join('\n'),
  options: {
    library: {
      type: 'string',
      value: 'DIR',
      help: 'library folder; by default that of the settings',
    },
    data: { type: 'string', value: 'DIR', help: 'data folder that gets the catalog' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  async run(options, context) {
    const dataFolder = dataFolderOf(options.data, context);
    if (await isServiceRunning(dataFolder)) throw new RoostError('service/already-running');
    const libraryFolder = await libraryFolderOf(options.library, dataFolder, context);
    const { rebuildCatalog } = await import('../service/catalog/rebuild-catalog.ts');
    const progress = new ProgressLine(context.stderr);
    progress.redraw('Reading the journal');
    const counts = await rebuildCatalog({ libraryFolder, dataFolder }).finally(() =>
      progress.clear(),
    );
    if (options.json) printJson(context.stdout, { libraryFolder, dataFolder, ...counts });
    else {
      const { assetCount, resourceCount, deviceCount, jobCount } = counts;
      printLine(context.stdout, `Catalog of ${printable(libraryFolder)} made anew:`);
      printLine(
        context.stdout,
        [
          countOf(assetCount, 'asset'),
          countOf(resourceCount, 'file'),
          countOf(deviceCount, 'device'),
          countOf(jobCount, 'job'),
        ].join(', '),
      );
    }
    if (counts.damagedLineCount === 0) return EXIT.ok;
    const damaged = countOf(counts.damagedLineCount, 'damaged line');
    printLine(
      context.stderr,
      `The library's journal has ${damaged}, left out here. "roost verify" shows what is concerned.`,
    );
    return EXIT.incomplete;
  },
});
