import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { TokenMaker, TokenRenewer } from '../pairing/token-maker.tsx';
import { appText } from '../text/app-text.ts';
import { deviceText } from '../text/device-text.ts';
import { tokenText } from '../text/token-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Makes a token for a script; `again` is one that had a token before. */
export function TokenDialog(props: { readonly again?: DeviceView; readonly onClose: () => void }) {
  const { again, onClose } = props;
  const [isMade, setIsMade] = useState(false);
  const onMade = () => setIsMade(true);
  return (
    <Dialog
      isOpen
      wide
      pinned
      keepsOpen={isMade}
      title={tokenText.title}
      closeLabel={appText.close}
      onClose={onClose}
      actions={
        isMade ? (
          <Button key="done" variant="primary" onPress={onClose}>
            {deviceText.done}
          </Button>
        ) : (
          <Button key="cancel" onPress={onClose}>
            {appText.cancel}
          </Button>
        )
      }
    >
      {again === undefined ? (
        <TokenMaker autoFocus onMade={onMade} />
      ) : (
        <TokenRenewer device={again} onMade={onMade} />
      )}
    </Dialog>
  );
}
