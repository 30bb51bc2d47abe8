import { RoostError } from '../../../shared/error-catalogue.ts';
import type {
  WindowCall,
  WindowEvent,
  WindowOutput,
  WindowParsedInput,
} from '../../../shared/window-api.ts';
import type { DeviceView } from '../../../shared/window-views.ts';

type DeviceCall =
  | 'devices.list'
  | 'device.create'
  | 'device.createLogin'
  | 'device.renewLogin'
  | 'device.unlockLogin'
  | 'device.rename'
  | 'device.revoke';

type DeviceHandlers = {
  readonly [C in DeviceCall & WindowCall]: (input: WindowParsedInput<C>) => WindowOutput<C>;
};

/** Devices that are let in without a code, log in, are renamed and revoked. */
export function fakeDeviceHandlers(parts: {
  readonly devices: () => DeviceView[];
  readonly add: (change: Partial<DeviceView>) => DeviceView;
  readonly emit: (event: WindowEvent) => void;
}): DeviceHandlers {
  const device = (deviceId: string): DeviceView => {
    const found = parts.devices().find((each) => each.deviceId === deviceId);
    if (found === undefined) throw new RoostError('request/not-found');
    return found;
  };
  return {
    'devices.list': () => ({ devices: parts.devices() }),
    'device.create': ({ name }) => {
      const { deviceId } = parts.add({ name, folder: name });
      return { deviceId, token: 'roost_0123456789abcdef' };
    },
    'device.createLogin': ({ name, deviceId }) => {
      const loginName = `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}@roost.home.arpa`;
      const told = { model: '', platform: '', app: '' };
      const added =
        deviceId === undefined
          ? parts.add({ name, folder: name, ...told })
          : Object.assign(device(deviceId), { trusted: true });
      added.login = { loginName };
      delete added.lastSeenAt;
      delete added.revokedAt;
      parts.emit({ type: 'devices' });
      return {
        deviceId: added.deviceId,
        token: 'roost_0123456789abcdef',
        loginName,
        password: 'k7wq-3mzt-h9xa-b4en-y2cs',
      };
    },
    'device.renewLogin': ({ deviceId }) => {
      const known = device(deviceId);
      const loginName = known.login?.loginName ?? 'phone@roost.home.arpa';
      known.login = { loginName };
      parts.emit({ type: 'devices' });
      return { loginName, password: 'new2-new3-new4-new5-new6' };
    },
    'device.unlockLogin': ({ deviceId }) => {
      const known = device(deviceId);
      if (known.login === undefined) throw new RoostError('request/not-found');
      known.login = { loginName: known.login.loginName };
      parts.emit({ type: 'devices' });
      return known;
    },
    'device.rename': ({ deviceId, name }) => Object.assign(device(deviceId), { name }),
    'device.revoke': ({ deviceId }) => {
      const known = device(deviceId);
      delete known.login;
      return Object.assign(known, { trusted: false, revokedAt: Date.now() });
    },
  };
}
