import './code-line.css';

import { CopyButton } from './copy-button.tsx';

/** Text to be copied as it is: a command, a token, an address. Wraps instead of being cut. */
export function CodeLine(props: {
  readonly text: string;
  readonly copyLabel: string;
  readonly copiedLabel: string;
  readonly failedLabel: string;
}) {
  const { text, copyLabel, copiedLabel, failedLabel } = props;
  return (
    <div className="code-line">
      <code>{text}</code>
      <CopyButton
        text={text}
        label={copyLabel}
        copiedLabel={copiedLabel}
        failedLabel={failedLabel}
      />
    </div>
  );
}
