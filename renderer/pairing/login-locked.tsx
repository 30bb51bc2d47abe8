import type { DeviceView } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { loginText } from '../text/login-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { showToast } from '../ui/toast.tsx';
import { usePatchDevice } from './use-patch-device.ts';

/** Says that nobody gets in by a device's login any more, and lets a person change that. */
export function LoginLocked(props: {
  readonly device: DeviceView;
  /** The button that was pressed is about to go: for whoever takes the focus. */
  readonly onUnlocked: () => void;
}) {
  const { device, onUnlocked } = props;
  const patchDevice = usePatchDevice();
  const unlock = useServiceMutation('device.unlockLogin', {
    onSuccess: (unlocked) => {
      showToast(loginText.unlocked(device.name));
      onUnlocked();
      patchDevice(unlocked);
    },
  });
  if (device.login?.lockedAt === undefined) return null;
  return (
    <>
      <Notice
        tone="warn"
        title={loginText.lockedTitle}
        actions={
          <Button
            small
            aria-label={loginText.unlockOf(device.name)}
            isPending={unlock.isPending}
            onPress={() => unlock.mutate({ deviceId: device.deviceId })}
          >
            {loginText.unlock}
          </Button>
        }
      >
        <p>{loginText.lockedWhy}</p>
        {device.login.lockedFrom !== undefined && (
          <p>{loginText.lockedFrom(device.login.lockedFrom)}</p>
        )}
        <p>{loginText.lockedSafe}</p>
      </Notice>
      {unlock.error !== null && <QueryProblem error={unlock.error} />}
    </>
  );
}
