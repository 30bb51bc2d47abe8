import type { OriginalOutcome, ShellBridge } from '../../shared/shell-bridge.ts';
import { viewerText } from '../text/viewer-text.ts';
import { showToast } from '../ui/toast.tsx';

/** Opens an original in the system's program for it, and says where that did not work. */
export function openOutside(bridge: ShellBridge, receiptId: string): void {
  tell(bridge.openOriginal(receiptId));
}

export function showInFolder(bridge: ShellBridge, receiptId: string): void {
  tell(bridge.showOriginalInFolder(receiptId));
}

function tell(asked: Promise<OriginalOutcome>): void {
  asked.then(
    (outcome) => {
      if (outcome !== 'done') showToast(viewerText.outcome[outcome]);
    },
    () => showToast(viewerText.outcome.failed),
  );
}
