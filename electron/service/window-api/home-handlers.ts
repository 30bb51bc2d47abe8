import type { Clock } from '../../../shared/clock.ts';
import type { HomeDevice, HomeView } from '../../../shared/home-view.ts';
import type { Overview } from '../../../shared/window-views.ts';
import {
  arrivalsByDay,
  arrivedAssets,
  arrivedByteCount,
  dayStart,
  firstArrivalAt,
} from '../catalog/arrival-queries.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import type { WindowHandlers } from './contract-routes.ts';
import { forecastStorage } from './storage-forecast.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 30;
const FORECAST_DAYS = 90;
const SHOWN_ASSETS = 12;
/** A device that is silent for longer is worth a look, unless something else was chosen for it. */
const QUIET_AFTER_DAYS = 7;

export interface HomeHandlerParts {
  readonly catalog: CatalogReader;
  readonly clock: Clock;
  readonly tokens: { has(deviceId: string): boolean };
  readonly library: () => Pick<Overview['library'], 'freeByteCount'>;
  /** Bytes that uploads leave free. */
  readonly reservedFreeByteCount: () => number;
  /** Size of the library's disk; `undefined` where it cannot be told. Never rejects. */
  readonly diskByteCount: () => Promise<number | undefined>;
}

/** What came, how the devices are and how long the disk lasts, from sums: fast however large the library is. */
export function homeHandlers(parts: HomeHandlerParts): Pick<WindowHandlers, 'home.get'> {
  const { catalog, clock } = parts;
  return {
    'home.get': async () => {
      const now = clock.now();
      const days = arrivalsByDay(catalog, now, FORECAST_DAYS + 1);
      const today = days.at(-1) ?? { fileCount: 0, byteCount: 0 };
      const { freeByteCount } = parts.library();
      const diskByteCount = freeByteCount === undefined ? undefined : await parts.diskByteCount();
      return {
        today: {
          fileCount: today.fileCount,
          byteCount: today.byteCount,
          assets: today.fileCount === 0 ? [] : arrivedAssets(catalog, dayStart(now), SHOWN_ASSETS),
        },
        days: days.slice(-SHOWN_DAYS),
        storage: {
          libraryByteCount: arrivedByteCount(catalog),
          ...(freeByteCount !== undefined && { freeByteCount }),
          ...(diskByteCount !== undefined && { diskByteCount }),
          forecast: forecastStorage(
            days.slice(0, -1),
            knownDays(catalog, now),
            freeByteCount === undefined
              ? undefined
              : Math.max(0, freeByteCount - parts.reservedFreeByteCount()),
          ),
        },
        devices: homeDevices(parts, now),
        failedJobCount: failedJobs(catalog, now - SHOWN_DAYS * DAY_MS),
      } satisfies HomeView;
    },
  };
}

/** Whole days since the first file came. */
function knownDays(catalog: CatalogReader, now: number): number {
  const first = firstArrivalAt(catalog);
  return first === undefined ? 0 : Math.round((dayStart(now) - dayStart(first)) / DAY_MS);
}

function homeDevices({ catalog, tokens }: HomeHandlerParts, now: number): HomeDevice[] {
  const rows = catalog.all<{
    device_id: string;
    name: string;
    paired_at: number;
    last_seen_at: number | null;
    sending_count: number;
  }>(
    `SELECT device_id, name, paired_at, last_seen_at,
       (SELECT count(*) FROM jobs
          WHERE jobs.state IN ('receiving', 'proving') AND jobs.device_id = devices.device_id) AS sending_count
     FROM devices WHERE revoked_at IS NULL
     ORDER BY coalesce(last_seen_at, paired_at) DESC`,
  );
  return rows
    .filter((row) => tokens.has(row.device_id))
    .map((row) => ({
      deviceId: row.device_id,
      name: row.name,
      ...(row.last_seen_at !== null && { lastSeenAt: row.last_seen_at }),
      sendingCount: row.sending_count,
      isQuiet:
        row.sending_count === 0 &&
        now - (row.last_seen_at ?? row.paired_at) > QUIET_AFTER_DAYS * DAY_MS,
    }));
}

function failedJobs(catalog: CatalogReader, since: number): number {
  return (
    catalog.get<{ count: number }>(
      `SELECT count(*) AS count FROM jobs WHERE state = 'failed' AND changed_at >= ?`,
      since,
    )?.count ?? 0
  );
}
