import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { loginText } from '../text/login-text.ts';
import { Button } from '../ui/button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { RenewLoginDialog } from './renew-login-dialog.tsx';

/** By what name a device's app logs in, and a new password for it. */
export function DeviceLogin(props: { readonly device: DeviceView; readonly loginName: string }) {
  const { device, loginName } = props;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Panel
      title={loginText.label}
      actions={
        <Button small onPress={() => setIsAsking(true)}>
          {loginText.renew}
        </Button>
      }
    >
      <Facts>
        <Fact mono label={loginText.user}>
          {loginName}
        </Fact>
      </Facts>
      <p className="quiet small">{loginText.passwordGone}</p>
      {isAsking && <RenewLoginDialog device={device} onClose={() => setIsAsking(false)} />}
    </Panel>
  );
}
