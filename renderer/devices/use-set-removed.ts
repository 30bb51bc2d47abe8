import type { DeviceView } from '../../shared/window-views.ts';
import { useServiceMutation } from '../app/use-service.ts';
import { deviceText } from '../text/device-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { showToast } from '../ui/toast.tsx';
import { usePatchDevice } from '../pairing/use-patch-device.ts';

/** Takes a device out of the list, which can be taken back, or puts it back. */
export function useSetRemoved(): (device: DeviceView, isRemoved: boolean) => void {
  const patchDevice = usePatchDevice();
  const { mutate } = useServiceMutation('device.setRemoved', {
    onSuccess: (device, { deviceId, isRemoved }) => {
      patchDevice(device);
      if (!isRemoved) {
        showToast(deviceText.isBack(device.name));
        return;
      }
      showToast(deviceText.removed(device.name), {
        label: deviceText.undo,
        isUndo: true,
        onPress: () => mutate({ deviceId, isRemoved: false }),
      });
    },
    onError: (error) => showToast(problemWords(error)),
  });
  return ({ deviceId }, isRemoved) => mutate({ deviceId, isRemoved });
}
