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

/** Asks before a device's password is made anew, or its first one, then shows it this once. */
export function RenewLoginDialog(props: {
  readonly device: DeviceView;
  readonly onClose: () => void;
}) {
  const { device, onClose } = props;
  const [made, setMade] = useState<ShownLogin>();
  const [words] = useState(() => (device.login === undefined ? firstWords : renewWords)(device));
  const renew = useServiceMutation('device.renewLogin', {
    onSuccess: (login) => {
      announce(`${words.made}. ${loginText.onceTitle}. ${loginText.passwordOnce}`);
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
        title={words.label}
        closeLabel={appText.close}
        onClose={onClose}
        actions={
          <Button variant="primary" onPress={onClose}>
            {deviceText.done}
          </Button>
        }
      >
        <LoginFacts title={words.made} login={made} />
      </Dialog>
    );
  }
  return (
    <Dialog
      isOpen
      wide
      pinned
      title={words.title}
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
            {words.make}
          </Button>
        </>
      }
    >
      <p>{words.changes}</p>
      <p>{words.stays}</p>
      {renew.error !== null && <QueryProblem error={renew.error} />}
    </Dialog>
  );
}

const renewWords = ({ name }: DeviceView) => ({
  label: loginText.renew,
  title: loginText.renewTitle(name),
  changes: loginText.renewStops,
  stays: loginText.renewStays,
  make: loginText.renewMake,
  made: loginText.renewed(name),
});

const firstWords = ({ name, folder }: DeviceView) => ({
  label: loginText.label,
  title: loginText.makeTitle(name),
  changes: loginText.makeAdds(folder),
  stays: loginText.makeStays,
  make: loginText.make,
  made: loginText.made(name),
});
