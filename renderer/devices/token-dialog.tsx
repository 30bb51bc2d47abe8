import { TokenMaker } from '../pairing/token-maker.tsx';
import { appText } from '../text/app-text.ts';
import { tokenText } from '../text/token-text.ts';
import { Dialog } from '../ui/dialog.tsx';

/** Makes a token for a script. */
export function TokenDialog({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog isOpen wide title={tokenText.title} closeLabel={appText.close} onClose={onClose}>
      <TokenMaker autoFocus />
    </Dialog>
  );
}
