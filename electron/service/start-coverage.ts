import type { Logger } from 'pino';

import type { LibraryState } from '../../shared/library-state.ts';

import { Coverage, type CoverageParts } from './coverage/coverage.ts';
import type { InventoryAnswers } from './lan/inventory-answers.ts';
import { nodeFileSystem } from './library/file-system.ts';
import { systemTimers } from './timers.ts';
import type { EventHub } from './window-api/event-hub.ts';

/** Windows hear of changes at most this often. */
const TELL_EVERY_MS = 500;

export interface StartCoverageParts extends Pick<
  CoverageParts,
  'catalog' | 'clock' | 'settings' | 'hasToken' | 'isLibraryPresent'
> {
  readonly log: Logger;
  readonly hub: EventHub;
  readonly libraryState: () => LibraryState;
  readonly pathOf: (relativePath: string) => string;
}

/** Puts together what tells how much of each device is here. */
export function startCoverage(parts: StartCoverageParts): Coverage {
  const { hub, log, pathOf } = parts;
  let isToBeTold = false;
  const coverage = new Coverage({
    ...parts,
    timers: systemTimers,
    isLibraryReady: () => ['ready', 'full'].includes(parts.libraryState()),
    lengthOf: async (path) => {
      const facts = await nodeFileSystem.stat(pathOf(path));
      return facts.isFile() ? facts.size : -1;
    },
    onChange: () => {
      if (isToBeTold) return;
      isToBeTold = true;
      systemTimers.after(TELL_EVERY_MS, () => {
        isToBeTold = false;
        hub.send({ type: 'coverage' });
      });
    },
    onQuietChange: () => {
      hub.send({ type: 'devices' });
    },
    onFailure: (error) => log.error({ err: error }, 'coverage is not up to date'),
  });
  coverage.start();
  return coverage;
}

/** The device's side of it. */
export function inventoryAnswers(coverage: Coverage): InventoryAnswers {
  return {
    put: (deviceId, page) => coverage.put(deviceId, page),
    status: (deviceId) => coverage.status(deviceId),
    safeToDelete: async (deviceId, { after, limit }) => {
      const page = await coverage.safeToDelete({ deviceId, before: after, limit });
      return {
        ...(page.inventoryId !== undefined && { inventoryId: page.inventoryId }),
        verifiedWithinDays: coverage.verifiedWithinDays,
        assets: page.assets.map(({ view, verdict }) => ({
          assetKey: view.assetKey,
          verifiedAt: verdict.verifiedAt,
          byteCount: verdict.byteCount,
        })),
        ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
      };
    },
  };
}
