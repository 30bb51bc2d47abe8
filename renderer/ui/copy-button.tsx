import { useEffect, useState } from 'react';

import { IconButton } from './button.tsx';
import { CheckIcon, CopyIcon } from './icons.tsx';
import { announce } from './live-region.ts';

/** Puts `text` on the clipboard and shows for a moment that it did. */
export function CopyButton(props: {
  readonly text: string;
  /** What it copies, e.g. "Copy path". */
  readonly label: string;
  readonly copiedLabel: string;
  readonly failedLabel: string;
}) {
  const { text, label, copiedLabel, failedLabel } = props;
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);

  return (
    <IconButton
      label={isCopied ? copiedLabel : label}
      icon={isCopied ? CheckIcon : CopyIcon}
      size={16}
      onPress={() => {
        void copyText(text).then((copied) => {
          setIsCopied(copied);
          announce(copied ? copiedLabel : failedLabel);
        });
      }}
    />
  );
}

/** False where the browser does not let the page write to the clipboard. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
