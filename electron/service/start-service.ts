import { mkdir } from 'node:fs/promises';
import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';

import { systemClock, type Clock } from '../../shared/clock.ts';
import { ERRORS, RoostError } from '../../shared/error-catalogue.ts';
import type { Receipt } from '../../shared/receipt.ts';
import type { JobView } from '../../shared/window-views.ts';

import { readMissingHeaders } from './assets/read-missing-headers.ts';
import { Ledger } from './catalog/ledger.ts';
import { mediaTypeOf, recordHeader } from './catalog/media-rows.ts';
import { openCatalogFor } from './catalog/open-catalog-for.ts';
import { previewStore } from './catalog/preview-rows.ts';
import { receiptById } from './catalog/receipt-queries.ts';
import { assetById, assetIdsOfBytes } from './catalog/timeline-queries.ts';
import { defaultPicturesFolder } from './config/default-folders.ts';
import type { RunningService, ServiceConfig } from './config/service-config.ts';
import { readSettings } from './config/settings-file.ts';
import { SettingsKeeper } from './config/settings-keeper.ts';
import type { HeaderResult } from './decoder/decoder-protocol.ts';
import { startDecoders } from './decoder/start-decoders.ts';
import { DeviceTokens } from './devices/device-tokens.ts';
import { Devices } from './devices/devices.ts';
import { PairingCodes } from './devices/pairing-codes.ts';
import { Announcer } from './discovery/announcer.ts';
import { Ingest, type SeenHeader } from './ingest/ingest.ts';
import { JobTracker } from './jobs/job-tracker.ts';
import { lanApp } from './lan/lan-app.ts';
import { startLanListener, type LanListener } from './lan/lan-listener.ts';
import { boundAddress, lanUrls } from './lan/lan-urls.ts';
import { nativeRoutes } from './lan/protocols/native/native-routes.ts';
import { UploadSlots } from './lan/upload-slots.ts';
import { webUploadRoutes } from './lan/protocols/web-upload/web-upload-routes.ts';
import { holdLock } from './library/hold-lock.ts';
import { absolutePath } from './library/library-layout.ts';
import { openLibrary, type Library } from './library/open-library.ts';
import { openPreviewCache } from './previews/preview-cache.ts';
import { startPreviewQueue } from './previews/preview-queue.ts';
import { startScrub } from './scrub/scrub.ts';
import { StatusTeller } from './status-teller.ts';
import { systemTimers } from './timers.ts';
import { contractRoutes } from './window-api/contract-routes.ts';
import { EventHub } from './window-api/event-hub.ts';
import { libraryStateOf, overviewOf } from './window-api/overview.ts';
import { mediaRoutes } from './window-api/media-routes.ts';
import { removeServiceAddress, writeServiceAddress } from './window-api/service-address.ts';
import { windowHandlers } from './window-api/window-handlers.ts';
import { makeWindowKey } from './window-api/window-key.ts';
import { startWindowListener } from './window-api/window-listener.ts';

export type { RunningService, ServiceConfig } from './config/service-config.ts';

const DEFAULT_GRACE_MS = 5_000;
/** Reading a header takes milliseconds, also on a busy computer; without it a photo may get the wrong folder. */
const HEADER_TIMEOUT_MS = 10_000;

/**
 * The composition root: config in, a running service with one `close()` out. When it resolves the service takes
 * uploads.
 * @throws RoostError when it cannot run: the library is missing or in use, a port is taken, Roost runs already.
 */
export async function startService(
  config: ServiceConfig,
  clock: Clock = systemClock,
): Promise<RunningService> {
  const { dataFolder, log, overrides = {} } = config;
  const stack = new AsyncDisposableStack();
  try {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    stack.use(holdLock(join(dataFolder, 'lock'), 'service/already-running'));
    const startedAt = clock.now();

    const picturesFolder =
      config.picturesFolder ?? defaultPicturesFolder(process.platform, process.env, homedir());
    const { stored, brokenFile } = await readSettings(dataFolder, { picturesFolder });
    const settings = new SettingsKeeper(dataFolder, stored);
    const folder = overrides.libraryFolder ?? settings.current.libraryFolder;
    const knownLibraryId = settings.knownLibraryId(folder);
    const library = stack.use(await openLibraryAt(folder, clock, knownLibraryId));
    if (library.libraryId !== knownLibraryId) await settings.noteLibrary(folder, library.libraryId);
    if (library.mended) log.warn(library.mended, 'cut a torn tail off the journal');
    if (library.recovery.completed.length > 0 || library.recovery.clearedCount > 0) {
      log.info(
        { completed: library.recovery.completed.length, cleared: library.recovery.clearedCount },
        'settled what the last run left behind',
      );
    }
    const pathOf = (relative: string): string => absolutePath(library.layout, relative);

    const source = { ...library, journalFolder: library.layout.journalFolder };
    const { catalog, follow } = await openCatalogFor(dataFolder, source, clock, log);
    stack.defer(() => catalog.close());
    const ledger = new Ledger(library.journal, catalog, clock, log);

    const hub = new EventHub(startedAt, (assetIds) => {
      const assets = assetIds.flatMap((id) => assetById(catalog, id) ?? []);
      if (assets.length === 0) return undefined;
      const months = [...new Set(assets.map((asset) => asset.capturedLocal.slice(0, 7)))];
      return { type: 'assets', assets, months };
    });
    const bytesChanged = (sha256: string): void => {
      for (const assetId of assetIdsOfBytes(catalog, sha256)) hub.assetChanged(assetId);
    };

    const decoders = startDecoders({ entry: config.decoderEntry, log });
    stack.defer(() => decoders.close());
    const askHeader = (path: string): Promise<HeaderResult> =>
      decoders.headers.readHeader(path, { timeoutMs: HEADER_TIMEOUT_MS });
    const readHeader = async (path: string): Promise<SeenHeader | undefined> => {
      const result = await askHeader(path);
      return result.ok ? result.header : undefined;
    };
    // The first job of a decoder loads its code, which the first photo should not have to wait for.
    void readHeader(library.layout.identityFile);
    const cache = await openPreviewCache({ folder: join(dataFolder, 'previews') });
    const store = previewStore(catalog, clock, pathOf);
    const previews = startPreviewQueue({
      decoder: decoders.previews,
      cache,
      store,
      isLibraryPresent: () => library.isPresent(),
      log,
      onChange: ({ sha256, kind }) => {
        if (kind === 'tile') bytesChanged(sha256);
        hub.overviewChanged();
      },
    });
    stack.defer(() => previews.close());

    const jobChanged = (job: JobView): void => {
      hub.jobChanged(job);
      status.uploadsChanged();
    };
    const jobs = new JobTracker(catalog, clock, jobChanged, log);
    jobs.interruptLeftOvers();
    const status = stack.use(
      new StatusTeller({
        uploadCount: () => jobs.liveUploadCount,
        libraryState: async () =>
          (await libraryStateOf(library, settings.current.reservedFreeByteCount)).state,
        tell: (told) => config.onStatus?.(told),
      }),
    );
    const scrub = startScrub({
      catalog,
      files: library.files,
      pathOf,
      isLibraryPresent: () => library.isPresent(),
      liveUploadCount: () => jobs.liveUploadCount,
      everyDays: () => settings.current.scrubEveryDays,
      onChange: (scrubStatus) => hub.send({ type: 'scrub', status: scrubStatus }),
      clock,
      timers: systemTimers,
      log,
    });
    stack.defer(() => scrub.close());
    const tokens = await DeviceTokens.open(join(dataFolder, 'device-tokens.json'));
    const devicesChanged = (): void => hub.send({ type: 'devices' });
    const codes = new PairingCodes(clock, devicesChanged);
    const devices = new Devices({
      catalog,
      ledger,
      tokens,
      codes,
      clock,
      onChange: devicesChanged,
    });
    await devices.introduce();
    const ingest = new Ingest({
      library,
      catalog,
      ledger,
      jobs,
      clock,
      readHeader,
      reservedFreeByteCount: () => settings.current.reservedFreeByteCount,
      onRecorded: (receipt, header) => {
        if (header) recordHeader(catalog, receipt.sha256, header);
        previews.enqueue(receipt.sha256, 'tile');
        hub.assetChanged(receipt.assetId);
        hub.overviewChanged();
      },
      onLinked: (receipt) => hub.assetChanged(receipt.assetId),
      onReread: (receipt, finding) => scrub.note(receipt, finding),
      log,
    });

    const server = (): { id: string; name: string } => ({
      id: settings.serverId,
      name: settings.current.name,
    });
    const lanHost = overrides.lanHost;
    const lanPort = overrides.lanPort ?? settings.current.lanPort;
    const app = lanApp(
      [
        nativeRoutes({ ingest, devices, server, slots: new UploadSlots(), log }),
        webUploadRoutes({ folder: join(config.rendererFolder, 'web-upload') }),
      ],
      log,
    );
    const { lan, lanFailure } = await openLan(config.host, () =>
      startLanListener({ app, host: lanHost, port: lanPort, log }),
    );
    // A slow read of a header must not hold up the end of uploads: it is told to stop first, and waited for last.
    let reading: Promise<void> = Promise.resolve();
    stack.defer(() => reading.catch(() => undefined));
    let graceMs = DEFAULT_GRACE_MS;
    stack.defer(async () => {
      lan?.stopAccepting();
      await ingest.close(graceMs);
      await lan?.close();
    });
    const urls = (): string[] => (lan ? lanUrls(networkInterfaces(), lanHost, lan.port) : []);

    const announcer = new Announcer({
      id: settings.serverId,
      port: lan?.port ?? lanPort,
      address: boundAddress(lanHost),
      log,
      onState: (state) => hub.send({ type: 'discovery', state }),
    });
    stack.defer(() => announcer.close());
    const announce = (): void => {
      const wanted = overrides.announce ?? settings.current.announce;
      announcer.set(wanted && lan ? settings.current.name : undefined);
    };

    const overview = overviewOf({
      config,
      server,
      startedAt,
      library,
      catalog,
      settings,
      lan: () => ({ port: lan?.port ?? lanPort, urls: urls() }),
      lanFailure,
      discovery: () =>
        lanFailure ? { kind: 'failed', reason: lanFailure.message } : announcer.state(),
      brokenFile,
      journalDamage: follow.damage,
      scrub: () => scrub.status(),
    });
    const windowKey = config.windowKey ?? makeWindowKey();
    const handlers = windowHandlers({
      catalog,
      jobs,
      devices,
      codes,
      previews,
      previewStore: store,
      scrub,
      pathOf,
      overview,
      lanUrls: () => {
        if (lanFailure) throw lanFailure;
        return urls();
      },
      settings: () => ({ settings: settings.current, restartNeeded: settings.restartNeeded }),
      changeSettings: async (change) => {
        await settings.change(change);
        config.onSettings?.(settings.current);
        announce();
        scrub.settingsChanged();
        hub.overviewChanged();
      },
      // The answer goes out before the host takes this service down.
      restart: () => void setTimeout(() => config.onRestartAsked?.(), 50),
    });
    const media = mediaRoutes({
      preview: async (assetId, kind) => {
        const shown = shownReceipt(assetId);
        if (!shown) throw new RoostError('request/not-found', 'There is no such photo.');
        const outcome = await previews.ensure(shown.sha256, kind);
        if (outcome !== 'ready') return { reason: outcome.reason };
        const bytes = await cache.get(shown.sha256, kind);
        return bytes ? { bytes } : { reason: 'preview-not-kept' };
      },
      original: (receiptId) => {
        const receipt = receiptById(catalog, receiptId);
        if (!receipt) return undefined;
        return {
          receipt,
          path: pathOf(receipt.path),
          mediaType: mediaTypeOf(catalog, receipt.sha256),
        };
      },
    });
    const window = await startWindowListener({
      port: overrides.windowPort ?? 0,
      windowKey,
      hub,
      routers: [contractRoutes(handlers), media],
      rendererFolder: config.rendererFolder,
      log,
    });
    stack.defer(() => window.close());

    await writeServiceAddress(dataFolder, {
      windowOrigin: window.origin,
      key: windowKey.key,
      pid: process.pid,
    });
    stack.defer(() => removeServiceAddress(dataFolder));

    const stopReading = new AbortController();
    reading = readMissingHeaders(catalog, pathOf, askHeader, bytesChanged, stopReading.signal);
    reading.catch((error: unknown) => log.error({ err: error }, 'reading headers stopped'));
    stack.defer(() => stopReading.abort());

    announce();

    function shownReceipt(assetId: string): Receipt | undefined {
      const row = catalog.get<{ shown_receipt_id: string }>(
        'SELECT shown_receipt_id FROM assets WHERE asset_id = ?',
        assetId,
      );
      return row && receiptById(catalog, row.shown_receipt_id);
    }

    log.info({ lanPort: lan?.port, folder, version: config.version }, 'service ready');
    let closing: Promise<void> | undefined;
    return {
      lanUrl: urls()[0] ?? '',
      windowUrl: window.url,
      windowKey,
      close: (options) => {
        graceMs = options?.graceMs ?? DEFAULT_GRACE_MS;
        closing ??= stack.disposeAsync().finally(() => log.info('service closed'));
        return closing;
      },
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}

/**
 * Starts the LAN listener. At the desktop a port that cannot be had must not keep the window shut, for its
 * settings are where a person chooses another one; a headless service refuses to start without it.
 */
async function openLan(
  host: ServiceConfig['host'],
  start: () => Promise<LanListener>,
): Promise<{ lan?: LanListener; lanFailure?: RoostError }> {
  try {
    return { lan: await start() };
  } catch (error) {
    const mayGoOn = host === 'desktop' && error instanceof RoostError;
    if (mayGoOn && error.code === 'service/port-in-use') return { lanFailure: error };
    throw error;
  }
}

/** Opens the library; what goes wrong names the folder, for the person at this computer. */
async function openLibraryAt(
  folder: string,
  clock: Clock,
  knownLibraryId: string | undefined,
): Promise<Library> {
  try {
    return await openLibrary({ folder, clock, knownLibraryId });
  } catch (error) {
    if (!(error instanceof RoostError)) throw error;
    const code = error.code === 'library/missing' ? 'library/not-found' : error.code;
    throw new RoostError(code, `${ERRORS[code].title} (${folder})`, { cause: error });
  }
}
