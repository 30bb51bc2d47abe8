import type { WindowCall, WindowOutput, WindowParsedInput } from '../../../shared/window-api.ts';
import type { DeviceView } from '../../../shared/window-views.ts';
import type { FakeState } from './fake-state.ts';

type TrustCall = Extract<
  WindowCall,
  'device.renewToken' | 'device.setRemoved' | 'pairing.begin' | 'pairing.cancel'
>;
type TrustHandlers = {
  readonly [C in TrustCall]: (input: WindowParsedInput<C>) => WindowOutput<C>;
};

/** Letting devices in again, and out of the list. */
export function fakeTrustHandlers(
  state: FakeState,
  deviceOf: (deviceId: string) => DeviceView,
): TrustHandlers {
  const put = (device: DeviceView): DeviceView => {
    state.devices = state.devices.map((each) =>
      each.deviceId === device.deviceId ? device : each,
    );
    return device;
  };
  return {
    'device.renewToken': ({ deviceId }) => {
      const { revokedAt: _, removedAt: __, ...device } = deviceOf(deviceId);
      put({ ...device, trusted: true, pairedAt: Date.now() });
      return { deviceId, token: 'roost_0123456789abcdef' };
    },
    'device.setRemoved': ({ deviceId, isRemoved }) => {
      const { removedAt: _, ...device } = deviceOf(deviceId);
      return put(isRemoved ? { ...device, removedAt: Date.now() } : device);
    },
    'pairing.begin': ({ deviceId }) => {
      state.pairingDeviceId = deviceId;
      state.pairing = {
        code: '48291367',
        expiresAt: Date.now() + 300_000,
        url: 'http://192.168.1.20:7678/pair#48291367',
      };
      return state.pairing;
    },
    'pairing.cancel': () => {
      state.pairing = undefined;
      return {};
    },
  };
}
