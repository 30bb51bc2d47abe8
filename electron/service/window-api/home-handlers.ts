import type { Clock } from '../../../shared/clock.ts';
import type { HomeDevice, HomeView } from '../../../shared/home-view.ts';
import { isWebPage } from '../../../shared/web-page-device.ts';
import type { Overview } from '../../../shared/window-views.ts';
import {
  arrivalsByDay,
  arrivedAssets,
  arrivedByteCount,
  dayStart,
  firstArrivalAt,
} from '../catalog/arrival-queries.ts';
import type { CatalogReader, CatalogWriter } from '../catalog/open-catalog.ts';
import { heardDevices } from '../coverage/heard-devices.ts';
import { quietForDays, type QuietSettings } from '../coverage/quiet-devices.ts';
import {
  brokenOffJobs,
  dismissJobs,
  failedJobCount,
  undismissJobs,
} from '../jobs/jobs-to-see-to.ts';

import type { WindowHandlers } from './contract-routes.ts';
import { forecastStorage } from './storage-forecast.ts';

const DAY_MS = 86_400_000;
const SHOWN_DAYS = 30;
const FORECAST_DAYS = 90;
const SHOWN_ASSETS = 12;

export interface HomeHandlerParts {
  readonly catalog: CatalogWriter;
  readonly clock: Clock;
  readonly tokens: { has(deviceId: string): boolean };
  /** After how many silent days a device is worth a look. */
  readonly settings: () => { readonly settings: QuietSettings };
  readonly library: () => Pick<Overview['library'], 'freeByteCount'>;
  /** Bytes that uploads leave free. */
  readonly reservedFreeByteCount: () => number;
  /** Size of the library's disk; `undefined` where it cannot be told. Never rejects. */
  readonly diskByteCount: () => Promise<number | undefined>;
}

type HomeCalls = 'home.get' | 'home.dismiss' | 'home.undismiss';

/** What came, how the devices are and how long the disk lasts, from sums: fast however large the library is. */
export function homeHandlers(parts: HomeHandlerParts): Pick<WindowHandlers, HomeCalls> {
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
        failedJobCount: failedJobCount(catalog, now - SHOWN_DAYS * DAY_MS),
        brokenOff: brokenOffJobs(catalog, now - SHOWN_DAYS * DAY_MS, now),
      } satisfies HomeView;
    },
    'home.dismiss': ({ what }) => {
      const dismissedAt = clock.now();
      dismissJobs(catalog, what, dismissedAt - SHOWN_DAYS * DAY_MS, dismissedAt);
      return { dismissedAt };
    },
    'home.undismiss': ({ dismissedAt }) => {
      undismissJobs(catalog, dismissedAt);
      return {};
    },
  };
}

/** Whole days since the first file came. */
function knownDays(catalog: CatalogReader, now: number): number {
  const first = firstArrivalAt(catalog);
  return first === undefined ? 0 : Math.round((dayStart(now) - dayStart(first)) / DAY_MS);
}

function homeDevices({ catalog, tokens, settings }: HomeHandlerParts, now: number): HomeDevice[] {
  const sending = new Map(
    catalog
      .all<{ device_id: string; count: number }>(
        `SELECT device_id, count(*) AS count FROM jobs
         WHERE state IN ('receiving', 'proving') GROUP BY device_id`,
      )
      .map(({ device_id: deviceId, count }) => [deviceId, count]),
  );
  return heardDevices(catalog)
    .filter(({ deviceId, isRevoked }) => !isRevoked && tokens.has(deviceId))
    .sort((a, b) => (b.heardAt ?? b.pairedAt) - (a.heardAt ?? a.pairedAt))
    .map((device) => ({
      deviceId: device.deviceId,
      name: device.name,
      ...(device.heardAt !== undefined && { lastSeenAt: device.heardAt }),
      sendingCount: sending.get(device.deviceId) ?? 0,
      isQuiet:
        !sending.has(device.deviceId) &&
        quietForDays(device, settings().settings, now) !== undefined,
      sendsByItself: !isWebPage(device),
    }));
}
