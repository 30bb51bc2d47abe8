import type { CoverageGroup, CoveredAsset, DeviceCoverage } from '../../../shared/coverage-view.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { ExportView } from '../../../shared/export-view.ts';
import type { FilingBatch, RefilePlan } from '../../../shared/filing-view.ts';
import {
  DEFAULT_FOLDER_TEMPLATE,
  folderTemplate,
  templateExample,
} from '../../../shared/folder-template.ts';
import type { HomeView } from '../../../shared/home-view.ts';
import type { FindingView, ScrubStatus } from '../../../shared/scrub-view.ts';
import type { Settings } from '../../../shared/settings.ts';
import type {
  WindowCall,
  WindowEvent,
  WindowOutput,
  WindowParsedInput,
} from '../../../shared/window-api.ts';
import { isWebPage } from '../../../shared/web-page-device.ts';
import type {
  DeviceView,
  JobDetails,
  Overview,
  PairingView,
  PreviewFailure,
} from '../../../shared/window-views.ts';
import { fakeCoverageHandlers } from './fake-coverage.ts';
import { fakeDeviceHandlers } from './fake-devices.ts';
import { fakeJobHandlers } from './fake-jobs.ts';
import { fakeTrustHandlers } from './fake-trust.ts';
import { begun, fakeActions } from './fake-actions.ts';
import { type FakeAsset, fakeId, type FakeLibrary } from './fake-library.ts';

const NOTHING_TO_MOVE: RefilePlan = {
  assetCount: 0,
  fileCount: 0,
  reasons: { template: 0, time: 0, scattered: 0 },
  examples: [],
};

type Handlers = {
  readonly [C in WindowCall]: (input: WindowParsedInput<C>) => WindowOutput<C>;
};

/** Everything but the assets: devices, jobs, settings, pairing. Tests change the fields as they need. */
export class FakeState {
  devices: DeviceView[] = [];
  jobs: JobDetails[] = [];
  settings: Settings = {
    name: 'Study',
    libraryFolder: '/home/anna/Pictures/Roost',
    lanPort: 7678,
    announce: true,
    reservedFreeByteCount: 512 * 1024 ** 2,
    scrubEveryDays: 30,
    emptyTrashAfterDays: 30,
    quietAfterDays: 7,
    quietAfterDaysOf: {},
    verifiedWithinDays: 30,
    startAtLogin: false,
    folderTemplate: DEFAULT_FOLDER_TEMPLATE,
  };
  restartNeeded = false;
  pairing: PairingView | undefined;
  /** The device that the last code was asked for. */
  pairingDeviceId: string | undefined;
  scrub: ScrubStatus = {
    activity: { kind: 'done' },
    everyDays: 30,
    sinceAt: Date.UTC(2026, 9, 22, 12),
    originalCount: 0,
    originalByteCount: 0,
    readCount: 0,
    readByteCount: 0,
    unreadCount: 0,
    damagedCount: 0,
    missingCount: 0,
    replacedCount: 0,
    findingsRevision: 0,
  };
  findings: FindingView[] = [];
  home: Omit<HomeView, 'devices'> = {
    today: { fileCount: 0, byteCount: 0, assets: [] },
    days: [],
    storage: {
      libraryByteCount: 0,
      freeByteCount: 812e9,
      forecast: { kind: 'unknown', dayCount: 0, neededDayCount: 14 },
    },
    failedJobCount: 0,
    brokenOff: { count: 0 },
  };
  /** Laid over what is told of devices that never sent an inventory. */
  coverage: Record<string, Partial<DeviceCoverage>> = {};
  coveredAssets: (CoveredAsset & { readonly group: CoverageGroup })[] = [];
  /** Laid over the overview that follows from the rest. */
  overviewChange: Partial<Overview> = {};
  previewFailures: PreviewFailure[] = [];
  /** What filing anew would do; not told while a batch runs. */
  refilePlan: RefilePlan | undefined = NOTHING_TO_MOVE;
  filingBatches: FilingBatch[] = [];
  /** Since when everything in the trash has been there. */
  trashedAt = Date.now() - 60_000;
  /** Laid over what throwing away and bringing back answer. */
  begunChange: Partial<WindowOutput<'assets.trash'>> = {};
  readonly exports: ExportView[] = [];
  readonly #trashed = new Map<string, readonly FakeAsset[]>();
  readonly #library: FakeLibrary;
  readonly #emit: (event: WindowEvent) => void;
  readonly #handlers: Handlers;

  constructor(library: FakeLibrary, emit: (event: WindowEvent) => void) {
    this.#library = library;
    this.#emit = emit;
    this.#handlers = this.#makeHandlers();
  }

  answer(call: WindowCall, input: unknown): unknown {
    // The route parsed the input with this call's own schema.
    return (this.#handlers[call] as (input: unknown) => unknown)(input);
  }

  /** A paired phone, as after a first successful pairing. */
  addDevice(change: Partial<DeviceView> = {}): DeviceView {
    const device: DeviceView = {
      deviceId:
        this.devices.length === 0 ? this.#library.deviceId : fakeId('device', this.devices.length),
      name: 'My iPhone',
      folder: 'My iPhone',
      model: 'iPhone 15',
      platform: 'iOS 26.1',
      app: 'Roost 1.0',
      pairedAt: Date.UTC(2026, 10, 1, 9),
      lastSeenAt: Date.UTC(2026, 10, 21, 12),
      trusted: true,
      resourceCount: 0,
      byteCount: 0,
      ...change,
    };
    this.devices.push(device);
    return device;
  }

  overview(): Overview {
    return {
      server: { id: fakeId('server', 0), name: this.settings.name, version: '0.1.0' },
      host: 'headless',
      startedAt: Date.UTC(2026, 10, 21, 8),
      lan: { port: 7678, urls: ['http://192.168.1.20:7678'] },
      discovery: {
        kind: 'advertising',
        name: this.settings.name,
        host: 'study.local',
        addresses: ['192.168.1.20'],
      },
      library: {
        folder: this.settings.libraryFolder,
        state: 'ready',
        freeByteCount: 812e9,
        assetCount: this.#library.size,
        resourceCount: this.#library.size,
        byteCount: this.#library.size * 2_600_000,
      },
      previews: { waitingCount: 0, failedCount: this.previewFailures.length },
      metadata: { waitingCount: 0, failedCount: 0 },
      scrub: this.scrub,
      deviceCount: this.devices.length,
      notices: [],
      ...this.overviewChange,
    };
  }

  homeDevices(): HomeView['devices'] {
    return this.devices
      .filter(({ trusted }) => trusted)
      .map(({ deviceId, name, platform, lastSeenAt }) => ({
        deviceId,
        name,
        sendingCount: 0,
        isQuiet: false,
        sendsByItself: !isWebPage({ platform }),
        ...(lastSeenAt !== undefined && { lastSeenAt }),
      }));
  }

  #device(deviceId: string): DeviceView {
    const found = this.devices.find((device) => device.deviceId === deviceId);
    if (found === undefined) throw new RoostError('request/not-found');
    return found;
  }

  #tellAssets(changedIds: readonly string[], removedAssetIds: readonly string[] = []): void {
    const assets = changedIds.flatMap((id) => this.#library.get(id)?.asset ?? []);
    const months = [...new Set(assets.map(({ capturedLocal }) => capturedLocal.slice(0, 7)))];
    this.#emit({ type: 'assets', assets, months, removedAssetIds: [...removedAssetIds] });
  }

  #addBatch(batch: Pick<FilingBatch, 'kind' | 'state' | 'count' | 'fileCount' | 'canUndo'>): {
    batchId: string;
  } {
    const batchId = fakeId('batch', this.filingBatches.length);
    const { count, state } = batch;
    const doneCount = state === 'done' ? count : 0;
    const times = { startedAt: Date.now(), ...(state === 'done' && { finishedAt: Date.now() }) };
    this.filingBatches = [
      { batchId, ...batch, doneCount, failedCount: 0, ...times },
      ...this.filingBatches,
    ];
    return { batchId };
  }

  /** What a batch moved stands no more where it put it. */
  #takeBack(batchId: string): FilingBatch {
    const found = this.filingBatches.find((each) => each.batchId === batchId && each.canUndo);
    if (found === undefined) throw new RoostError('request/not-found');
    found.canUndo = false;
    return found;
  }

  #makeHandlers(): Handlers {
    const library = this.#library;
    return {
      'overview.get': () => this.overview(),
      'home.get': () => ({ ...this.home, devices: this.homeDevices() }),
      'timeline.months': () => ({ months: library.months() }),
      'timeline.month': (span) => ({ assets: library.span(span) }),
      'timeline.covers': ({ year }) => ({ assets: library.covers(year) }),
      'timeline.facets': () => library.facets(),
      'asset.get': ({ assetId }) => {
        const details = library.details(assetId);
        if (details === undefined) throw new RoostError('request/not-found');
        return details;
      },
      'asset.neighbours': ({ assetId, count }) => library.neighbours(assetId, count),
      'original.place': () => ({ path: '/home/anna/Pictures/Roost/photo.jpg', isOpenable: true }),
      'asset.split': ({ assetId, partId }) => {
        library.split(assetId, partId);
        this.#tellAssets([assetId, partId]);
        return { assetId, splitAssetId: partId };
      },
      'asset.unsplit': ({ assetId, splitAssetId }) => {
        library.join(assetId, splitAssetId, 'same-name');
        this.#tellAssets([assetId], [splitAssetId]);
        return { assetId };
      },
      'previews.retry': ({ assetId }) => {
        this.previewFailures = this.previewFailures.filter((each) => each.assetId !== assetId);
        return {};
      },
      'previews.failures': ({ before, limit }) => {
        const counts: Record<string, number> = {};
        for (const { reason } of this.previewFailures) counts[reason] = (counts[reason] ?? 0) + 1;
        const start = before === undefined ? 0 : Number(before);
        const hasMore = start + limit < this.previewFailures.length;
        return {
          failures: this.previewFailures.slice(start, start + limit),
          counts,
          ...(hasMore && { nextCursor: String(start + limit) }),
        };
      },
      'previews.retryAll': () => {
        this.previewFailures = [];
        return {};
      },
      ...fakeJobHandlers(() => this.jobs),
      ...fakeDeviceHandlers({
        devices: () => this.devices,
        add: (change) => this.addDevice(change),
        emit: this.#emit,
      }),
      'home.dismiss': ({ what }) => {
        if (what === 'failed') this.home = { ...this.home, failedJobCount: 0 };
        else this.home = { ...this.home, brokenOff: { count: 0 } };
        return { dismissedAt: 1 };
      },
      'home.undismiss': () => ({}),
      ...fakeTrustHandlers(this, (deviceId) => this.#device(deviceId)),
      ...fakeCoverageHandlers(this, (deviceId) => this.#device(deviceId)),
      'scrub.findings': ({ which, before, limit }) => {
        const matching = this.findings.filter(
          ({ replacedByPath }) => (replacedByPath === undefined) === (which === 'open'),
        );
        const start = before === undefined ? 0 : Number(before);
        const hasMore = start + limit < matching.length;
        return {
          findings: matching.slice(start, start + limit),
          ...(hasMore && { nextCursor: String(start + limit) }),
        };
      },
      'scrub.start': () => {
        const now = Date.now();
        this.scrub = {
          ...this.scrub,
          askedAt: now,
          activity: { kind: 'resting', untilAt: now },
          sinceAt: now,
          readCount: 0,
          readByteCount: 0,
        };
        return this.scrub;
      },
      'scrub.stop': () => {
        const { askedAt: _, ...rest } = this.scrub;
        this.scrub = { ...rest, activity: { kind: 'resting', untilAt: Date.now() + 2_700_000 } };
        return this.scrub;
      },
      'scrub.checkAgain': ({ receiptId }) => {
        const found = this.findings.find((finding) => finding.receiptId === receiptId);
        if (found === undefined) throw new RoostError('request/not-found');
        found.isChecking = true;
        return {};
      },
      'filing.get': () => {
        const isRunning = this.filingBatches.some(({ state }) => state === 'running');
        return {
          template: this.settings.folderTemplate,
          example: templateExample(folderTemplate(this.settings.folderTemplate)),
          ...(!isRunning && this.refilePlan && { plan: this.refilePlan }),
          batches: this.filingBatches,
        };
      },
      'filing.refile': () =>
        this.#addBatch({
          kind: 'refile',
          state: 'running',
          count: this.refilePlan?.assetCount ?? 0,
          fileCount: 0,
          canUndo: false,
        }),
      'filing.stop': () => {
        this.filingBatches = this.filingBatches.map((batch) =>
          batch.state === 'running'
            ? { ...batch, state: 'stopped', canUndo: true, finishedAt: Date.now() }
            : batch,
        );
        return {};
      },
      'filing.undo': ({ batchId }) => {
        const { fileCount } = this.#takeBack(batchId);
        return this.#addBatch({
          kind: 'undo',
          state: 'running',
          count: fileCount,
          fileCount: 0,
          canUndo: false,
        });
      },
      ...fakeActions({
        library,
        emit: this.#emit,
        tellAssets: (assetIds) => this.#tellAssets(assetIds),
        trashed: this.#trashed,
        exports: this.exports,
        emptyAfterDays: () => this.settings.emptyTrashAfterDays,
        trashedAt: () => this.trashedAt,
      }),
      'assets.trash': ({ assetIds }) => {
        const there = assetIds.filter((assetId) => library.get(assetId) !== undefined);
        const assets = there.map((assetId) => library.remove(assetId));
        const fileCount = assets.flatMap(({ resources }) => resources).length;
        const batch = this.#addBatch({
          kind: 'trash',
          state: 'done',
          count: assets.length,
          fileCount,
          canUndo: true,
        });
        this.#trashed.set(batch.batchId, assets);
        const months = assets.map(({ asset }) => asset.capturedLocal.slice(0, 7));
        this.#emit({ type: 'assets', assets: [], months, removedAssetIds: assetIds });
        return {
          ...begun(batch.batchId, assets),
          skippedCount: assetIds.length - there.length,
          ...this.begunChange,
        };
      },
      'assets.restore': ({ batchId }) => {
        this.#takeBack(batchId);
        const assets = this.#trashed.get(batchId) ?? [];
        this.#trashed.delete(batchId);
        for (const asset of assets) library.put(asset);
        this.#tellAssets(assets.map(({ asset }) => asset.assetId));
        const restoreId = fakeId('restore', this.filingBatches.length);
        return { ...begun(restoreId, assets), ...this.begunChange };
      },
      'settings.get': () => ({ settings: this.settings, restartNeeded: this.restartNeeded }),
      'settings.change': (change) => {
        this.settings = { ...this.settings, ...change } as Settings;
        return { settings: this.settings, restartNeeded: this.restartNeeded };
      },
      'service.restart': () => ({}),
    };
  }
}
