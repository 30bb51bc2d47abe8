import type { RoostError } from '../../../shared/error-catalogue.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { DiscoveryState, Overview } from '../../../shared/window-views.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { countMetadata } from '../catalog/metadata-rows.ts';
import { countPreviews } from '../catalog/preview-rows.ts';
import { libraryCounts } from '../catalog/timeline-queries.ts';
import type { ServiceConfig } from '../config/service-config.ts';
import type { SettingsKeeper } from '../config/settings-keeper.ts';
import { deviceRecords } from '../devices/device-queries.ts';
import type { ScrubStatus } from '../../../shared/scrub-view.ts';
import type { JournalDamage } from '../library/journal.ts';
import type { LibraryStatus } from '../library/library-keeper.ts';

export interface OverviewParts {
  readonly config: ServiceConfig;
  readonly server: () => { readonly id: string; readonly name: string };
  readonly startedAt: number;
  readonly libraryFolder: string;
  readonly library: () => LibraryStatus;
  readonly catalog: CatalogReader;
  readonly settings: SettingsKeeper;
  readonly lan: () => Overview['lan'];
  /** Why no device can reach this service. */
  readonly lanFailure: RoostError | undefined;
  readonly discovery: () => DiscoveryState;
  /** Where a settings file that could not be understood was put. */
  readonly brokenFile: string | undefined;
  readonly journalDamage: () => readonly JournalDamage[];
  readonly scrub: () => ScrubStatus;
  readonly quietDevices: Coverage['quietDevices'];
}

/** Gathers what every page of the window shows of the service as a whole. */
export function overviewOf(parts: OverviewParts): () => Overview {
  const { config, catalog } = parts;
  return () => ({
    server: { ...parts.server(), version: config.version },
    host: config.host,
    startedAt: parts.startedAt,
    lan: parts.lan(),
    discovery: parts.discovery(),
    library: {
      folder: parts.libraryFolder,
      ...toldStatus(parts.library()),
      ...libraryCounts(catalog),
    },
    previews: countPreviews(catalog),
    metadata: countMetadata(catalog),
    scrub: parts.scrub(),
    deviceCount: deviceRecords(catalog).filter((device) => device.revokedAt === undefined).length,
    notices: notices(parts),
  });
}

function toldStatus({ state, problem, freeByteCount }: LibraryStatus) {
  return {
    state,
    ...(problem && { problemCode: problem.code }),
    ...(freeByteCount !== undefined && { freeByteCount }),
  };
}

function notices(parts: OverviewParts): Overview['notices'] {
  const { brokenFile, lanFailure } = parts;
  const journalDamage = parts.journalDamage();
  const overridden = overriddenSettings(parts);
  const damage = damageWords(parts.scrub());
  return [
    ...(lanFailure
      ? [
          {
            code: lanFailure.code,
            text: `Devices cannot reach Roost. ${lanFailure.message} ${lanFailure.facts.nextStep}`,
          },
        ]
      : []),
    ...(brokenFile === undefined
      ? []
      : [
          {
            code: 'settings-unreadable',
            text: `The settings could not be read and were put aside as ${brokenFile}. Roost runs with its defaults.`,
            values: [brokenFile],
          },
        ]),
    ...(journalDamage.length === 0
      ? []
      : [
          {
            code: 'journal-damaged',
            text: `${journalDamage.length} lines of the library's journal are damaged. Run "roost verify" to see what they concern.`,
            values: [String(journalDamage.length)],
          },
        ]),
    ...parts.quietDevices().map(({ device: { name }, days }) => ({
      code: 'device-quiet',
      text: `${name} has not been heard of for ${days} ${days === 1 ? 'day' : 'days'}.`,
      values: [name, String(days)],
    })),
    ...(damage === undefined ? [] : [{ code: 'originals-damaged', text: damage }]),
    ...(overridden.length === 0
      ? []
      : [
          {
            code: 'settings-overridden',
            text: `Roost was started with other values than the settings, for this run: ${overridden.map(({ words }) => words).join(', ')}.`,
            values: overridden.map(({ setting, value }) => `${setting}=${value}`),
          },
        ]),
  ];
}

/** How many originals are not what they were. */
function damageWords({ damagedCount, missingCount }: ScrubStatus): string | undefined {
  const counts = [
    ...(damagedCount > 0 ? [`${damagedCount} damaged`] : []),
    ...(missingCount > 0 ? [`${missingCount} missing`] : []),
  ];
  if (counts.length === 0) return undefined;
  const originals = damagedCount + missingCount === 1 ? 'original' : 'originals';
  return (
    `Re-reading found ${counts.join(' and ')} ${originals}. ` +
    'The list under “Checking originals” says which, and what can be done.'
  );
}

/** What the host was told to do otherwise than the settings say. A port the system chooses is nobody's wish. */
function overriddenSettings({
  config,
  settings,
}: OverviewParts): { setting: keyof Settings; value: string; words: string }[] {
  const { libraryFolder, lanPort, announce } = config.overrides ?? {};
  const { current } = settings;
  return [
    ...(libraryFolder === undefined || libraryFolder === current.libraryFolder
      ? []
      : [
          {
            setting: 'libraryFolder' as const,
            value: libraryFolder,
            words: `library folder ${libraryFolder}`,
          },
        ]),
    ...(!lanPort || lanPort === current.lanPort
      ? []
      : [{ setting: 'lanPort' as const, value: String(lanPort), words: `port ${lanPort}` }]),
    ...(announce === undefined || announce === current.announce
      ? []
      : [
          {
            setting: 'announce' as const,
            value: String(announce),
            words: announce ? 'announced on the network' : 'not announced on the network',
          },
        ]),
  ];
}
