import { useState } from 'react';

import type { AssetDetails } from '../../shared/window-views.ts';
import {
  type AssetVersion,
  assetVersions,
  type VersionKind,
  withVersion,
} from './asset-versions.ts';

export interface VersionControl {
  readonly versions: readonly AssetVersion[];
  /** The details with the looked-at file as the shown one. */
  readonly viewed: AssetDetails | undefined;
  readonly choose: (receiptId: string) => void;
  readonly chooseKind: (kind: VersionKind) => void;
  readonly chooseNext: () => void;
}

/** Which file of an asset is looked at; each asset begins with the one that stands for it. */
export function useVersion(details: AssetDetails | undefined): VersionControl {
  const [chosen, setChosen] = useState<{ readonly assetId: string; readonly receiptId: string }>();
  const versions = details === undefined ? [] : assetVersions(details);
  const isOfThis = chosen !== undefined && chosen.assetId === details?.asset.assetId;
  const version = versions.find(
    ({ resource }) => isOfThis && resource.receiptId === chosen.receiptId,
  );
  const viewed = details && (version ? withVersion(details, version.resource) : details);

  function choose(receiptId: string): void {
    if (details !== undefined) setChosen({ assetId: details.asset.assetId, receiptId });
  }
  return {
    versions,
    viewed,
    choose,
    chooseKind: (wanted) => {
      const found = versions.find(({ kind }) => kind === wanted);
      if (found !== undefined) choose(found.resource.receiptId);
    },
    chooseNext: () => {
      const at = versions.findIndex(
        ({ resource }) => resource.receiptId === viewed?.shownReceiptId,
      );
      const next = versions[(at + 1) % versions.length];
      if (next !== undefined && versions.length > 1) choose(next.resource.receiptId);
    },
  };
}
