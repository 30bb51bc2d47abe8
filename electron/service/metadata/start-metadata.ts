import { metadataStore } from '../catalog/metadata-rows.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { startExiftool } from '../decoder/metadata/start-exiftool.ts';

import {
  type MetadataQueue,
  type MetadataQueueOptions,
  startMetadataQueue,
} from './metadata-queue.ts';

export interface MetadataParts extends Omit<MetadataQueueOptions, 'exiftool' | 'store'> {
  readonly catalog: CatalogWriter;
  /** The place on this computer of a receipt's path. */
  readonly pathOf: (relativePath: string) => string;
}

/** The queue of the service with an exiftool of its own; closing it closes both. */
export function startMetadata({ catalog, pathOf, ...options }: MetadataParts): MetadataQueue {
  const exiftool = startExiftool(options.log && { log: options.log });
  const queue = startMetadataQueue({ ...options, exiftool, store: metadataStore(catalog, pathOf) });
  return {
    ...queue,
    async close() {
      const closed = queue.close();
      await exiftool.close();
      await closed;
    },
  };
}
