import './pairing.css';

import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { loginText } from '../text/login-text.ts';
import { Button } from '../ui/button.tsx';
import { Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { RenewLoginDialog } from './renew-login-dialog.tsx';
import { CopiedFact, ServerFacts, WhereToType } from './server-facts.tsx';

/** Where and by what name a device's app logs in, and a new password for it; or a login, where it has none. */
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
      {login === undefined ? (
        <p className="quiet small">{loginText.none}</p>
      ) : (
        <>
          <div className="login-facts">
            <Facts>
              <ServerFacts />
              <CopiedFact label={loginText.user} text={login.loginName} />
            </Facts>
          </div>
          <WhereToType hasKey />
          <p className="quiet small">
            {loginText.passwordGone} {loginText.keyGone}
          </p>
        </>
      )}
      {isAsking && <RenewLoginDialog device={device} onClose={() => setIsAsking(false)} />}
    </Panel>
  );
}
