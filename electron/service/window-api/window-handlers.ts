import type { Clock } from '../../../shared/clock.ts';
import type { Settings, SettingsChange } from '../../../shared/settings.ts';
import type { Overview } from '../../../shared/window-views.ts';
import { splitAsset, unsplitAsset } from '../assets/split-asset.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogWriter } from '../catalog/open-catalog.ts';
import { listFindings } from '../catalog/finding-queries.ts';
import { timelineMonth, monthsInSteps, coversInSteps } from '../catalog/timeline-queries.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { Devices } from '../devices/devices.ts';
import type { PairingCodes } from '../devices/pairing-codes.ts';
import type { Filing } from '../filing/filing.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { PreviewStore } from '../previews/preview-store.ts';
import type { PreviewQueue } from '../previews/preview-queue.ts';
import type { Scrub } from '../scrub/scrub.ts';
import { inTurns } from '../in-slices.ts';

import { actionHandlers, type ActionHandlerParts } from './action-handlers.ts';
import type { WindowHandlers } from './contract-routes.ts';
import { coverageHandlers } from './coverage-handlers.ts';
import { findingView } from './finding-view.ts';
import { homeHandlers, type HomeHandlerParts } from './home-handlers.ts';
import { jobHandlers } from './job-handlers.ts';
import { previewHandlers } from './preview-handlers.ts';
import { searchHandlers } from './search-handlers.ts';
import { viewerHandlers } from './viewer-handlers.ts';

export interface WindowHandlerParts
  extends
    ActionHandlerParts,
    Pick<HomeHandlerParts, 'tokens' | 'library' | 'reservedFreeByteCount' | 'diskByteCount'> {
  readonly catalog: CatalogWriter;
  readonly jobs: JobTracker;
  readonly devices: Devices;
  readonly codes: PairingCodes;
  readonly coverage: Coverage;
  readonly previews: PreviewQueue;
  readonly previewStore: PreviewStore;
  readonly scrub: Scrub;
  readonly filing: Filing;
  readonly pathOf: (relativePath: string) => string;
  /** @throws RoostError of the library while nothing can be recorded. */
  readonly ledger: () => Ledger;
  readonly assetChanged: (assetId: string) => void;
  readonly clock: Clock;
  readonly overview: () => Overview;
  readonly lanUrls: () => readonly string[];
  readonly settings: () => { settings: Settings; restartNeeded: boolean };
  /** @throws RoostError `request/invalid`. */
  readonly changeSettings: (change: SettingsChange) => Promise<void>;
  readonly restart: () => void;
}

/** The service's side of shared/window-api.ts. */
export function windowHandlers(parts: WindowHandlerParts): WindowHandlers {
  const { catalog, devices, codes, scrub, filing, pathOf } = parts;
  return {
    'overview.get': () => parts.overview(),
    ...homeHandlers(parts),

    'timeline.months': async (filter, signal) => ({
      months: await inTurns(monthsInSteps(catalog, filter), signal),
    }),
    'timeline.month': (span) => ({ assets: timelineMonth(catalog, span, span) }),
    'timeline.covers': async ({ year, ...filter }, signal) => ({
      assets: await inTurns(coversInSteps(catalog, year, filter), signal),
    }),
    ...viewerHandlers(parts),
    'asset.split': (split) => splitAsset(parts, split),
    'asset.unsplit': (unsplit) => unsplitAsset(parts, unsplit),
    ...previewHandlers(parts),
    ...searchHandlers(parts),

    ...jobHandlers(parts),

    'devices.list': () => ({ devices: devices.list() }),
    'device.create': ({ name }) => devices.create(name),
    'device.createLogin': ({ name, deviceId }) => devices.createWithLogin(name, deviceId),
    'device.renewLogin': ({ deviceId }) => devices.renewLogin(deviceId),
    'device.unlockLogin': ({ deviceId }) => devices.unlockLogin(deviceId),
    'device.rename': ({ deviceId, name }) => devices.rename(deviceId, name),
    'device.revoke': ({ deviceId }) => devices.revoke(deviceId),
    'device.renewToken': ({ deviceId }) => devices.renewToken(deviceId),
    'device.setRemoved': ({ deviceId, isRemoved }) => devices.setRemoved(deviceId, isRemoved),
    ...coverageHandlers(parts),

    'pairing.begin': ({ name, deviceId }) => {
      // A code that nobody could redeem helps nobody.
      devices.requireLibrary();
      const { code, expiresAt } = codes.begin(name, deviceId);
      // A fragment is never sent: the code reaches the page on the phone and nobody's request log.
      return { code, expiresAt, url: `${parts.lanUrls()[0] ?? ''}/pair#${code}` };
    },
    'pairing.cancel': ({ code }) => {
      codes.cancel(code);
      return {};
    },

    'scrub.findings': (filter) => {
      const { findings, nextCursor } = listFindings(catalog, filter);
      return {
        findings: findings.map((found) => findingView(found, scrub, pathOf)),
        ...(nextCursor !== undefined && { nextCursor }),
      };
    },
    'scrub.start': () => {
      scrub.start();
      return scrub.status();
    },
    'scrub.stop': () => {
      scrub.stop();
      return scrub.status();
    },
    'scrub.checkAgain': async ({ receiptId }) => {
      await scrub.checkAgain(receiptId);
      return {};
    },

    'filing.get': ({ plan }) => filing.view(plan === 'yes'),
    'filing.refile': () => ({ batchId: filing.refile() }),
    'filing.stop': () => {
      filing.stop();
      return {};
    },
    'filing.undo': ({ batchId }) => ({ batchId: filing.undo(batchId) }),
    ...actionHandlers(parts),

    'settings.get': () => parts.settings(),
    'settings.change': async (change) => {
      await parts.changeSettings(change);
      return parts.settings();
    },
    'service.restart': () => {
      parts.restart();
      return {};
    },
  };
}
