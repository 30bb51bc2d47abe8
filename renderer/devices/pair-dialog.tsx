import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { LoginFacts } from '../pairing/login-facts.tsx';
import { LoginAgain, LoginForm, type MadeLogin } from '../pairing/login-form.tsx';
import { PairingInvite } from '../pairing/pairing-invite.tsx';
import { appText } from '../text/app-text.ts';
import { deviceText, isScript } from '../text/device-text.ts';
import { loginText } from '../text/login-text.ts';
import { pairingText } from '../text/pairing-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Tabs } from '../ui/tabs.tsx';

/**
 * Lets one device in, by code or by login; closing it takes the code back. `again` is a device that was paired before and
 * is to be again.
 */
export function PairDialog(props: { readonly again?: DeviceView; readonly onClose: () => void }) {
  const { again, onClose } = props;
  const [paired, setPaired] = useState<DeviceView>();
  const [made, setMade] = useState<MadeLogin>();
  const isDone = paired !== undefined || made !== undefined;
  const byCode = {
    id: 'qr',
    label: loginText.ways.qr,
    content: (
      <>
        {again !== undefined && <p>{deviceText.pairAgainHint(again.folder)}</p>}
        <PairingInvite onPaired={setPaired} {...(again && { again })} />
      </>
    ),
  };
  const byLogin = {
    id: 'app',
    label: loginText.ways.app,
    content:
      again === undefined ? (
        <LoginForm onMade={setMade} />
      ) : (
        <LoginAgain device={again} onMade={setMade} />
      ),
  };
  // What told nothing of itself logged in, or is a script.
  const ways = again !== undefined && isScript(again) ? [byLogin, byCode] : [byCode, byLogin];
  return (
    <Dialog
      isOpen
      wide
      pinned
      steady={!isDone}
      keepsOpen={made !== undefined}
      title={again === undefined ? deviceText.pairTitle : deviceText.pairAgainTitle(again.name)}
      closeLabel={appText.close}
      onClose={onClose}
      actions={
        isDone ? (
          <Button key="done" autoFocus={paired !== undefined} variant="primary" onPress={onClose}>
            {deviceText.done}
          </Button>
        ) : (
          <Button key="cancel" onPress={onClose}>
            {appText.cancel}
          </Button>
        )
      }
    >
      {paired !== undefined && (
        <Notice tone="good" icon={CheckIcon} title={pairingText.paired(paired.name)}>
          {pairingText.pairedNext}
        </Notice>
      )}
      {made !== undefined && <LoginFacts title={loginText.made(made.name)} login={made} />}
      {!isDone && (
        <div className={again === undefined ? 'pairing-ways' : 'pairing-ways pairing-ways--again'}>
          <Tabs label={loginText.ways.label} tabs={ways} />
        </div>
      )}
    </Dialog>
  );
}
