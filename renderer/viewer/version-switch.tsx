import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';

import { viewerText } from '../text/viewer-text.ts';
import type { AssetVersion } from './asset-versions.ts';

const words = viewerText.versions;

/** Which of an asset's files is looked at: the edit, the original, the RAW. */
export function VersionSwitch(props: {
  readonly versions: readonly AssetVersion[];
  readonly shownReceiptId: string;
  readonly onChoose: (receiptId: string) => void;
}) {
  const { versions, shownReceiptId, onChoose } = props;
  return (
    <ToggleButtonGroup
      className="version-switch"
      aria-label={words.label}
      aria-keyshortcuts="v"
      disallowEmptySelection
      selectedKeys={[shownReceiptId]}
      onSelectionChange={(keys) => {
        const [chosen] = keys;
        if (chosen !== undefined) onChoose(String(chosen));
      }}
    >
      {versions.map(({ kind, resource }) => (
        <ToggleButton
          key={resource.receiptId}
          id={resource.receiptId}
          className="version-switch__one"
        >
          {words[kind]}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
