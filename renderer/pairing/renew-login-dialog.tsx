import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { deviceText } from '../text/device-text.ts';
import { loginText } from '../text/login-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { announce } from '../ui/live-region.ts';
import { LoginFacts, type ShownLogin } from './login-facts.tsx';

/** Asks before a device's password is made anew, then shows the new one this once. */
export function RenewLoginDialog(props: {
  readonly device: DeviceView;
  readonly onClose: () => void;
}) {
  const { device, onClose } = props;
  const [made, setMade] = useState<ShownLogin>();
  const renew = useServiceMutation('device.renewLogin', {
    onSuccess: (login) => {
      announce(`${loginText.renewed(device.name)}. ${loginText.passwordOnce}`);
      setMade(login);
    },
  });
  if (made !== undefined) {
    return (
      <Dialog
        isOpen
        wide
        pinned
        keepsOpen
        title={loginText.renew}
        closeLabel={appText.close}
        onClose={onClose}
        actions={
          <Button variant="primary" onPress={onClose}>
            {deviceText.done}
          </Button>
        }
      >
        <LoginFacts title={loginText.renewed(device.name)} login={made} />
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      wide
      pinned
      title={loginText.renewTitle(device.name)}
      closeLabel={appText.close}
      onClose={onClose}
      actions={
        <>
          <Button key="cancel" variant="quiet" onPress={onClose}>
            {appText.cancel}
          </Button>
          <Button
            variant="primary"
            isPending={renew.isPending}
            onPress={() => renew.mutate({ deviceId: device.deviceId })}
          >
            {loginText.renewMake}
          </Button>
        </>
      }
    >
      <p>{loginText.renewStops}</p>
      <p>{loginText.renewStays}</p>
      {renew.error !== null && <QueryProblem error={renew.error} />}
    </Dialog>
  );
}
