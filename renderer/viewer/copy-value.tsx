import { appText } from '../text/app-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';

/** Copies a value of the details; `label` says which. */
export function CopyValue({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    <CopyButton
      text={text}
      label={label}
      copiedLabel={appText.copied}
      failedLabel={appText.copyFailed}
    />
  );
}
