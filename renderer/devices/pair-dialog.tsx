import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { PairingInvite } from '../pairing/pairing-invite.tsx';
import { appText } from '../text/app-text.ts';
import { deviceText } from '../text/device-text.ts';
import { pairingText } from '../text/pairing-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';

/** Pairs one device; closing it takes the code back. `again` is a device that was paired before and is to be again. */
export function PairDialog(props: { readonly again?: DeviceView; readonly onClose: () => void }) {
  const { again, onClose } = props;
  const [paired, setPaired] = useState<DeviceView>();
  return (
    <Dialog
      isOpen
      wide
      title={again === undefined ? deviceText.pairTitle : deviceText.pairAgainOf(again.name)}
      closeLabel={appText.close}
      onClose={onClose}
      actions={
        paired === undefined ? (
          <Button key="cancel" onPress={onClose}>
            {appText.cancel}
          </Button>
        ) : (
          <Button key="done" autoFocus variant="primary" onPress={onClose}>
            {deviceText.done}
          </Button>
        )
      }
    >
      {paired === undefined ? (
        <>
          {again !== undefined && <p>{deviceText.pairAgainHint(again.folder)}</p>}
          <PairingInvite onPaired={setPaired} {...(again !== undefined && { again })} />
        </>
      ) : (
        <Notice tone="good" icon={CheckIcon} title={pairingText.paired(paired.name)}>
          {pairingText.pairedNext}
        </Notice>
      )}
    </Dialog>
  );
}
