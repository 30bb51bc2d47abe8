import { useRef, useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { loginText } from '../text/login-text.ts';
import { Button } from '../ui/button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { LoginLocked } from './login-locked.tsx';
import { RenewLoginDialog } from './renew-login-dialog.tsx';

/** By what name a device's app logs in, whether it still can, and a new password for it. */
export function DeviceLogin({ device }: { readonly device: DeviceView }) {
  const [isAsking, setIsAsking] = useState(false);
  const actions = useRef<HTMLDivElement>(null);
  if (device.login === undefined) return null;
  return (
    <Panel title={loginText.label}>
      <LoginLocked
        device={device}
        onUnlocked={() => actions.current?.querySelector('button')?.focus()}
      />
      <Facts>
        <Fact label={loginText.user}>{device.login.loginName}</Fact>
      </Facts>
      <p className="quiet small">{loginText.passwordGone}</p>
      <div ref={actions}>
        <Button small onPress={() => setIsAsking(true)}>
          {loginText.renew}
        </Button>
      </div>
      {isAsking && <RenewLoginDialog device={device} onClose={() => setIsAsking(false)} />}
    </Panel>
  );
}
