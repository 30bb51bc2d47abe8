import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Settings, SettingsChange } from '../../../shared/settings.ts';
import type { Coverage } from '../coverage/coverage.ts';
import { deviceById } from '../devices/device-queries.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';

import type { WindowHandlers } from './contract-routes.ts';

export interface CoverageHandlerParts {
  readonly catalog: CatalogReader;
  readonly coverage: Coverage;
  readonly settings: () => { readonly settings: Settings };
  readonly changeSettings: (change: SettingsChange) => Promise<void>;
}

type CoverageCalls = 'coverage.list' | 'coverage.assets' | 'coverage.sent' | 'device.setQuiet';

/** How much of each device is here, and when it is missed. */
export function coverageHandlers(parts: CoverageHandlerParts): Pick<WindowHandlers, CoverageCalls> {
  const { catalog, coverage } = parts;
  const mustKnow = (deviceId: string): void => {
    if (deviceById(catalog, deviceId)) return;
    throw new RoostError('request/not-found', 'There is no such device.');
  };
  return {
    'coverage.list': () => ({ devices: coverage.list() }),
    'coverage.assets': async (filter) => {
      mustKnow(filter.deviceId);
      const { assets, nextCursor } = await coverage.assets(filter);
      return {
        assets: assets.map(({ view }) => view),
        ...(nextCursor !== undefined && { nextCursor }),
      };
    },
    'coverage.sent': ({ deviceId }) => {
      mustKnow(deviceId);
      return coverage.sent(deviceId);
    },
    'device.setQuiet': async ({ deviceId, days }) => {
      mustKnow(deviceId);
      const { [deviceId]: _, ...others } = parts.settings().settings.quietAfterDaysOf;
      const quietAfterDaysOf = days === undefined ? others : { ...others, [deviceId]: days };
      await parts.changeSettings({ quietAfterDaysOf });
      return {};
    },
  };
}
