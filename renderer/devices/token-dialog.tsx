import type { DeviceView } from '../../shared/window-views.ts';
import { TokenMaker, TokenRenewer } from '../pairing/token-maker.tsx';
import { appText } from '../text/app-text.ts';
import { tokenText } from '../text/token-text.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Makes a token for a script; `again` is one that had a token before. */
export function TokenDialog(props: { readonly again?: DeviceView; readonly onClose: () => void }) {
  const { again, onClose } = props;
  return (
    <Dialog isOpen wide title={tokenText.title} closeLabel={appText.close} onClose={onClose}>
      {again === undefined ? <TokenMaker autoFocus /> : <TokenRenewer device={again} />}
    </Dialog>
  );
}
