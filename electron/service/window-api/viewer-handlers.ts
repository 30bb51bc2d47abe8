import { access } from 'node:fs/promises';

import { RoostError } from '../../../shared/error-catalogue.ts';
import { isInTrash } from '../../../shared/receipt.ts';
import { mediaTypeOf } from '../catalog/media-rows.ts';
import { neighboursInSteps } from '../catalog/neighbour-queries.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { assetOfPart } from '../catalog/regroup.ts';
import { inTurns } from '../in-slices.ts';

import { assetDetails } from './asset-details.ts';
import type { WindowHandlers } from './contract-routes.ts';
import { isOpenableOriginal } from './openable-original.ts';

export interface ViewerHandlerParts {
  readonly catalog: CatalogReader;
  readonly pathOf: (relativePath: string) => string;
  /** `requireLibrary` throws RoostError of the library while the originals cannot be reached. */
  readonly devices: { readonly requireLibrary: () => void };
}

type ViewerCalls = 'asset.get' | 'asset.neighbours' | 'original.place';

/** One asset, what stands around it, and where its originals lie. */
export function viewerHandlers(parts: ViewerHandlerParts): Pick<WindowHandlers, ViewerCalls> {
  const { catalog, pathOf, devices } = parts;
  return {
    'asset.get': ({ assetId }) => assetDetails(catalog, assetId, pathOf),

    'asset.neighbours': ({ assetId, count, ...filter }, gone) =>
      inTurns(neighboursInSteps(catalog, assetOfPart(catalog, assetId), count, filter), gone),

    'original.place': async ({ receiptId }) => {
      const receipt = receiptById(catalog, receiptId);
      if (!receipt) throw new RoostError('request/not-found', 'There is no such resource.');
      devices.requireLibrary();
      const path = pathOf(receipt.path);
      try {
        await access(path);
      } catch (error) {
        throw new RoostError('request/not-found', 'The file is not there.', { cause: error });
      }
      const isOpenable =
        !isInTrash(receipt.path) &&
        isOpenableOriginal(receipt.path, mediaTypeOf(catalog, receipt.sha256));
      return { path, isOpenable };
    },
  };
}
