import { DEFAULT_FOLDER_TEMPLATE } from '../../../shared/folder-template.ts';
import { RoostError } from '../../../shared/error-catalogue.ts';
import type { FilingStatus, TrashBatch } from '../../../shared/filing-view.ts';
import { DEFAULT_FOLDER_TEMPLATE } from '../../../shared/folder-template.ts';
import type { FindingView, ScrubStatus } from '../../../shared/scrub-view.ts';
import type { Settings } from '../../../shared/settings.ts';
import type {
  WindowCall,
  WindowEvent,
  WindowOutput,
  WindowParsedInput,
} from '../../../shared/window-api.ts';
import type {
  DeviceView,
  JobDetails,
  Overview,
  PairingView,
  PreviewFailure,
} from '../../../shared/window-views.ts';
import { type FakeAsset, fakeId, type FakeLibrary } from './fake-library.ts';

interface FakeTrashBatch extends TrashBatch {
  readonly assets: readonly FakeAsset[];
}

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
    folderTemplate: DEFAULT_FOLDER_TEMPLATE,
    startAtLogin: false,
    folderTemplate: DEFAULT_FOLDER_TEMPLATE,
  };
  restartNeeded = false;
  pairing: PairingView | undefined;
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
  /** Laid over the overview that follows from the rest. */
  overviewChange: Partial<Overview> = {};
  previewFailures: PreviewFailure[] = [];
  filing: FilingStatus = { misplacedCount: 0, examples: [], batches: [] };
  trash: FakeTrashBatch[] = [];
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
      scrub: this.scrub,
      deviceCount: this.devices.length,
      notices: [],
      ...this.overviewChange,
    };
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

  #makeHandlers(): Handlers {
    const library = this.#library;
    return {
      'overview.get': () => this.overview(),
      'timeline.months': () => ({ months: library.months() }),
      'timeline.month': ({ month }) => ({
        assets: library.sorted().filter(({ capturedLocal }) => capturedLocal.startsWith(month)),
      }),
      'asset.get': ({ assetId }) => {
        const details = library.details(assetId);
        if (details === undefined) throw new RoostError('request/not-found');
        return details;
      },
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
      'assets.trash': ({ assetIds }) => {
        const assets = assetIds.map((assetId) => library.remove(assetId));
        const batchId = fakeId('trash', this.trash.length);
        this.trash.unshift({
          batchId,
          trashedAt: Date.now(),
          emptiedAt: Date.now() + 30 * 86_400_000,
          assetCount: assets.length,
          byteCount: assets.length * 2_600_000,
          fileNames: assets.map(({ asset }) => asset.fileName),
          assets,
        });
        const months = assets.map(({ asset }) => asset.capturedLocal.slice(0, 7));
        this.#emit({ type: 'assets', assets: [], months, removedAssetIds: assetIds });
        return { batchId };
      },
      'assets.restore': ({ batchId }) => {
        const batch = this.trash.find((each) => each.batchId === batchId);
        if (batch === undefined) throw new RoostError('request/not-found');
        for (const asset of batch.assets) library.put(asset);
        this.trash = this.trash.filter((each) => each !== batch);
        const assetIds = batch.assets.map(({ asset }) => asset.assetId);
        this.#tellAssets(assetIds);
        return { assetIds };
      },
      'trash.list': () => ({ batches: this.trash.map(({ assets: _, ...batch }) => batch) }),
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
      'jobs.list': ({ state, deviceId, before, limit }) => {
        const ofDevice = this.jobs
          .map(({ job }) => job)
          .filter((job) => deviceId === undefined || job.deviceId === deviceId)
          .sort((a, b) => b.changedAt - a.changedAt);
        const counts: Record<string, number> = {};
        for (const job of ofDevice) counts[job.state] = (counts[job.state] ?? 0) + 1;
        const matching = ofDevice.filter((job) => state === undefined || job.state === state);
        const start = before === undefined ? 0 : Number(before);
        const jobs = matching.slice(start, start + limit);
        const hasMore = start + limit < matching.length;
        return { jobs, counts, ...(hasMore && { nextCursor: String(start + limit) }) };
      },
      'job.get': ({ jobId }) => {
        const found = this.jobs.find(({ job }) => job.jobId === jobId);
        if (found === undefined) throw new RoostError('request/not-found');
        return found;
      },
      'devices.list': () => ({ devices: this.devices }),
      'device.create': ({ name }) => {
        const { deviceId } = this.addDevice({ name, folder: name });
        return { deviceId, token: 'roost_0123456789abcdef' };
      },
      'device.rename': ({ deviceId, name }) => Object.assign(this.#device(deviceId), { name }),
      'device.revoke': ({ deviceId }) =>
        Object.assign(this.#device(deviceId), { trusted: false, revokedAt: Date.now() }),
      'pairing.begin': () => {
        this.pairing = {
          code: '48291367',
          expiresAt: Date.now() + 300_000,
          url: 'http://192.168.1.20:7678/pair#48291367',
        };
        return this.pairing;
      },
      'pairing.cancel': () => {
        this.pairing = undefined;
        return {};
      },
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
      'filing.get': () => this.filing,
      'filing.refile': () => {
        const run = { kind: 'refile', state: 'moving', doneCount: 0 } as const;
        this.filing = { ...this.filing, run: { ...run, totalCount: this.filing.misplacedCount } };
        return this.filing;
      },
      'filing.stop': () => {
        const { run } = this.filing;
        if (run) this.filing = { ...this.filing, run: { ...run, state: 'stopping' } };
        return this.filing;
      },
      'filing.undo': ({ batchId }) => {
        const batch = this.filing.batches.find((each) => each.batchId === batchId);
        if (batch === undefined) throw new RoostError('request/not-found');
        const run = { kind: 'undo', state: 'moving', doneCount: 0 } as const;
        this.filing = { ...this.filing, run: { ...run, totalCount: batch.movedCount } };
        return this.filing;
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
