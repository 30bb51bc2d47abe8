import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { loginText } from '../text/login-text.ts';
import { Button } from '../ui/button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { RenewLoginDialog } from './renew-login-dialog.tsx';

/** By what name a device's app logs in, and a new password for it; or a login, where it has none. */
export function DeviceLogin({ device }: { readonly device: DeviceView }) {
  const { login } = device;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Panel
      title={loginText.label}
      actions={
        <Button small onPress={() => setIsAsking(true)}>
          {login === undefined ? loginText.make : loginText.renew}
        </Button>
      }
    >
      {login !== undefined && (
        <Facts>
          <Fact mono label={loginText.user}>
            {login.loginName}
          </Fact>
        </Facts>
      )}
      <p className="quiet small">{login === undefined ? loginText.none : loginText.passwordGone}</p>
      {isAsking && <RenewLoginDialog device={device} onClose={() => setIsAsking(false)} />}
    </Panel>
  );
}
