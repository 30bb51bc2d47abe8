import type { DeviceView } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { deviceText } from '../text/device-text.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.tsx';
import { usePatchDevice } from '../pairing/use-patch-device.ts';

/** Asks before a device loses its access: says what stops and what stays. */
export function RevokeDialog(props: { readonly device: DeviceView; readonly onClose: () => void }) {
  const { device, onClose } = props;
  const patchDevice = usePatchDevice();
  const revoke = useServiceMutation('device.revoke', {
    onSuccess: (revoked) => {
      patchDevice(revoked);
      showToast(deviceText.revokeDone(device.name));
      onClose();
    },
  });
  return (
    <ConfirmDialog
      isOpen
      isDanger
      title={deviceText.revokeTitle(device.name)}
      confirmLabel={deviceText.revoke}
      cancelLabel={appText.cancel}
      onCancel={onClose}
      onConfirm={() => {
        if (!revoke.isPending) revoke.mutate({ deviceId: device.deviceId });
      }}
    >
      <p>{deviceText.revokeStops}</p>
      <p>{deviceText.revokeStays(device)}</p>
      <p className="quiet">{deviceText.revokeAgain}</p>
      {revoke.error !== null && <QueryProblem error={revoke.error} />}
    </ConfirmDialog>
  );
}
