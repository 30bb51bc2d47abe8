import { useRef } from 'react';

import { originalPath } from '../../shared/window-api.ts';
import type { AssetDetails } from '../../shared/window-views.ts';
import { shellBridge } from '../app/shell-bridge.ts';
import { formatLocalDate, formatLocalTime, formatPercent } from '../text/format.ts';
import { selectionText } from '../text/selection-text.ts';
import { trashText } from '../text/trash-text.ts';
import { viewerText } from '../text/viewer-text.ts';
import { IconButton, IconDownload } from '../ui/button.tsx';
import {
  CloseIcon,
  DownloadIcon,
  ExportIcon,
  FitIcon,
  FolderIcon,
  FullHeartIcon,
  HeartIcon,
  InfoIcon,
  MinusIcon,
  PlusIcon,
  TrashIcon,
} from '../ui/icons.tsx';
import { showInFolder } from './original-actions.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import type { VersionControl } from './use-version.ts';
import type { ZoomControl } from './use-zoom.ts';
import { VersionSwitch } from './version-switch.tsx';

/** What a photo is called, and what can be done with it. */
export function ViewerBar(props: {
  readonly details: AssetDetails;
  readonly version: VersionControl;
  readonly showsDetails: boolean;
  readonly onToggleDetails: () => void;
  /** Asks where all files of the photo are to go. */
  readonly onExport: () => void;
  readonly onFavourite: () => void;
  readonly onThrowAway: () => void;
  readonly onClose: () => void;
  /** Absent for what cannot be zoomed. */
  readonly control: ZoomControl | undefined;
}) {
  const { details, version, showsDetails, onToggleDetails, onThrowAway, onClose, control } = props;
  const { onExport, onFavourite } = props;
  const { asset, resources, shownReceiptId } = details;
  const bridge = shellBridge();
  return (
    <div className="viewer__bar">
      <IconButton label={viewerText.close} icon={CloseIcon} onPress={onClose} />
      <div className="viewer__title">
        <p className="viewer__name">{asset.fileName}</p>
        <p className="quiet small">
          {formatLocalDate(asset.capturedLocal)}, {formatLocalTime(asset.capturedLocal)}
        </p>
      </div>
      {version.versions.length > 1 && (
        <div className="viewer__versions">
          <VersionSwitch
            versions={version.versions}
            shownReceiptId={shownReceiptId}
            onChoose={version.choose}
          />
        </div>
      )}
      {control && <ZoomGroup control={control} />}
      {bridge && (
        <IconButton
          label={viewerText.showInFolder}
          icon={FolderIcon}
          onPress={() => showInFolder(bridge, shownReceiptId)}
        />
      )}
      <IconDownload
        label={viewerText.download}
        icon={DownloadIcon}
        href={originalPath(shownReceiptId, true)}
      />
      {resources.length > 1 && (
        <IconButton
          label={viewerText.exportAll}
          icon={ExportIcon}
          aria-keyshortcuts="s"
          onPress={onExport}
        />
      )}
      <IconButton
        label={asset.isFavourite === true ? selectionText.unfavourite : selectionText.favourite}
        icon={asset.isFavourite === true ? FullHeartIcon : HeartIcon}
        aria-pressed={asset.isFavourite === true}
        aria-keyshortcuts="f"
        onPress={onFavourite}
      />
      <IconButton
        label={trashText.throwAway}
        icon={TrashIcon}
        aria-keyshortcuts="Delete"
        onPress={onThrowAway}
      />
      <IconButton
        label={viewerText.details}
        icon={InfoIcon}
        aria-pressed={showsDetails}
        aria-keyshortcuts="i"
        onPress={onToggleDetails}
      />
    </div>
  );
}

function ZoomGroup({ control }: { readonly control: ZoomControl }) {
  const group = useRef<HTMLDivElement>(null);
  useKeptFocus(group);
  return (
    <div className="viewer__zoom" ref={group}>
      <IconButton
        label={viewerText.zoomOut}
        icon={MinusIcon}
        isDisabled={control.isFit}
        onPress={control.zoomOut}
      />
      <span className="viewer__scale quiet small">{formatPercent(control.zoom.scale)}</span>
      <IconButton label={viewerText.zoomIn} icon={PlusIcon} onPress={control.zoomIn} />
      <IconButton
        label={viewerText.fit}
        icon={FitIcon}
        isDisabled={control.isFit}
        onPress={control.fit}
      />
    </div>
  );
}
