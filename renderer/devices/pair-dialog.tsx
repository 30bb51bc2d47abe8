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

/** Pairs one device; closing it takes the code back. `name` is that of a device paired before. */
export function PairDialog(props: { readonly name?: string; readonly onClose: () => void }) {
  const { name, onClose } = props;
  const [paired, setPaired] = useState<DeviceView>();
  return (
    <Dialog
      isOpen
      wide
      title={deviceText.pairTitle}
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
        <PairingInvite onPaired={setPaired} {...(name !== undefined && { name })} />
      ) : (
        <Notice tone="good" icon={CheckIcon} title={pairingText.paired(paired.name)}>
          {pairingText.pairedNext}
        </Notice>
      )}
    </Dialog>
  );
}
