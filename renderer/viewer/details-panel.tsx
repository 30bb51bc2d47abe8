import './details-panel.css';

import type { AssetDetails } from '../../shared/window-views.ts';
import { viewerText } from '../text/viewer-text.ts';
import { IconButton } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { AssetFacts } from './asset-facts.tsx';
import { AssetParts } from './asset-parts.tsx';
import { FidelityWarnings } from './fidelity-warnings.tsx';
import { ResourceDetails } from './resource-details.tsx';

/** Everything known of an asset, and each of its files with where it lies and how to prove it. */
export function DetailsPanel(props: {
  readonly details: AssetDetails;
  readonly onClose: () => void;
}) {
  const { asset, resources, shownReceiptId } = props.details;
  return (
    <aside className="details" aria-label={viewerText.details}>
      <div className="details__head">
        <h2>{viewerText.details}</h2>
        <IconButton label={viewerText.close} icon={CloseIcon} onPress={props.onClose} />
      </div>
      <AssetFacts details={props.details} />
      <FidelityWarnings codes={asset.warnings} />
      <AssetParts details={props.details} />
      {resources.length > 1 && <h3>{viewerText.files(resources.length)}</h3>}
      {resources.map((resource) => (
        <ResourceDetails
          key={resource.receiptId}
          resource={resource}
          isOnly={resources.length === 1}
          isShown={resource.receiptId === shownReceiptId}
        />
      ))}
    </aside>
  );
}
