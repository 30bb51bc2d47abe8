import type { Clock } from '../../../shared/clock.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { Settings, SettingsChange } from '../../../shared/settings.ts';
import type { Overview } from '../../../shared/window-views.ts';
import { splitAsset, unsplitAsset } from '../assets/split-asset.ts';
import type { Ledger } from '../catalog/ledger.ts';
import type { CatalogReader } from '../catalog/open-catalog.ts';
import { listFindings } from '../catalog/finding-queries.ts';
import { receiptById } from '../catalog/receipt-queries.ts';
import { timelineMonth, timelineMonths, yearCovers } from '../catalog/timeline-queries.ts';
import type { Devices } from '../devices/devices.ts';
import type { PairingCodes } from '../devices/pairing-codes.ts';
import { countJobs, jobById, listJobs, uploadsOfJob } from '../jobs/job-queries.ts';
import type { Filing } from '../filing/filing.ts';
import type { JobTracker } from '../jobs/job-tracker.ts';
import type { PreviewStore } from '../previews/preview-store.ts';
import type { PreviewQueue } from '../previews/preview-queue.ts';
import type { Scrub } from '../scrub/scrub.ts';

import { assetDetails } from './asset-details.ts';
import type { WindowHandlers } from './contract-routes.ts';
import { findingView } from './finding-view.ts';
import { previewHandlers } from './preview-handlers.ts';
import { searchHandlers } from './search-handlers.ts';

export interface WindowHandlerParts {
  readonly catalog: CatalogReader;
  readonly jobs: JobTracker;
  readonly devices: Devices;
  readonly codes: PairingCodes;
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
  const { catalog, jobs, devices, codes, scrub, filing, pathOf } = parts;
  return {
    'overview.get': () => parts.overview(),

    'timeline.months': (filter) => ({ months: timelineMonths(catalog, filter) }),
    'timeline.month': (span) => ({ assets: timelineMonth(catalog, span, span) }),
    'timeline.covers': ({ year, ...filter }) => ({ assets: yearCovers(catalog, year, filter) }),
    'asset.get': ({ assetId }) => assetDetails(catalog, assetId, pathOf),
    'asset.split': (split) => splitAsset(parts, split),
    'asset.unsplit': (unsplit) => unsplitAsset(parts, unsplit),
    ...previewHandlers(parts),
    ...searchHandlers(parts),

    'jobs.list': (filter) => {
      const { jobs: listed, nextCursor } = listJobs(catalog, filter);
      return {
        jobs: listed.map((job) => jobs.live(job.jobId) ?? job),
        counts: countJobs(catalog, filter.deviceId),
        ...(nextCursor !== undefined && { nextCursor }),
      };
    },
    'job.get': ({ jobId }) => {
      const job = jobs.live(jobId) ?? jobById(catalog, jobId);
      if (!job) throw new RoostError('request/not-found', 'There is no such job.');
      const receipt = job.receiptId === undefined ? undefined : receiptById(catalog, job.receiptId);
      return {
        job,
        uploads: uploadsOfJob(catalog, jobId),
        ...(receipt && { told: receipt.told }),
      };
    },

    'devices.list': () => ({ devices: devices.list() }),
    'device.create': ({ name }) => devices.create(name),
    'device.rename': ({ deviceId, name }) => devices.rename(deviceId, name),
    'device.revoke': ({ deviceId }) => devices.revoke(deviceId),
    'pairing.begin': ({ name }) => {
      // A code that nobody could redeem helps nobody.
      devices.requireLibrary();
      const { code, expiresAt } = codes.begin(name);
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
    'assets.trash': async ({ assetIds }) => ({ batchId: await filing.trash(assetIds) }),
    'assets.restore': async ({ batchId }) => ({ batchId: await filing.restore(batchId) }),

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
