import type { CoverageGroup, CoveredAsset, DeviceCoverage } from '../../../shared/coverage-view.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { WindowCall, WindowOutput, WindowParsedInput } from '../../../shared/window-api.ts';
import type { DeviceView } from '../../../shared/window-views.ts';

type CoverageCall = 'coverage.list' | 'coverage.assets' | 'coverage.sent' | 'device.setQuiet';

export interface FakeCoverageState {
  readonly devices: readonly DeviceView[];
  /** Laid over what is told of devices that never sent an inventory. */
  readonly coverage: Readonly<Record<string, Partial<DeviceCoverage>>>;
  readonly coveredAssets: readonly (CoveredAsset & { readonly group: CoverageGroup })[];
  settings: Settings;
}

/** What of each device is here, by what the test says of it. */
export function fakeCoverageHandlers(
  state: FakeCoverageState,
  device: (deviceId: string) => DeviceView,
): { [Call in CoverageCall & WindowCall]: (input: WindowParsedInput<Call>) => WindowOutput<Call> } {
  return {
    'coverage.list': () => ({
      devices: state.devices.map(({ deviceId, lastSeenAt }) => ({
        deviceId,
        quietAfterDays: state.settings.quietAfterDaysOf[deviceId] ?? state.settings.quietAfterDays,
        hasOwnQuietDays: state.settings.quietAfterDaysOf[deviceId] !== undefined,
        verifiedWithinDays: state.settings.verifiedWithinDays,
        ...(lastSeenAt !== undefined && { heardAt: lastSeenAt }),
        ...state.coverage[deviceId],
      })),
    }),
    'coverage.assets': ({ group, search }) => ({
      assets: state.coveredAssets
        .filter((asset) => asset.group === group && asset.name.includes(search ?? ''))
        .map(({ group: _, ...asset }) => asset),
    }),
    'coverage.sent': ({ deviceId }) => {
      const { resourceCount, byteCount } = device(deviceId);
      const bad = { damagedCount: 0, trashedCount: 0 };
      return { resourceCount, byteCount, verifiedCount: 0, verifiedByteCount: 0, ...bad };
    },
    'device.setQuiet': ({ deviceId, days }) => {
      const { [deviceId]: _, ...others } = state.settings.quietAfterDaysOf;
      const own = days === undefined ? {} : { [deviceId]: days };
      state.settings = { ...state.settings, quietAfterDaysOf: { ...others, ...own } };
      return {};
    },
  };
}
