import { mkdir } from 'node:fs/promises';
import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';

import { systemClock, type Clock } from '../../shared/clock.ts';
import { folderTemplate } from '../../shared/folder-template.ts';
import { deviceLibraryState } from '../../shared/library-state.ts';

import { recordHeader } from './catalog/media-rows.ts';
import { noteDetails } from './catalog/note-details.ts';
import { openStandingCatalog } from './catalog/standing-catalog.ts';
import { assetIdsOfBytes } from './catalog/timeline-queries.ts';
import { defaultPicturesFolder } from './config/default-folders.ts';
import type { RunningService, ServiceConfig } from './config/service-config.ts';
import { readSettings } from './config/settings-file.ts';
import { SettingsKeeper } from './config/settings-keeper.ts';
import { AppLogins } from './devices/app-logins.ts';
import { DeviceTokens } from './devices/device-tokens.ts';
import { Devices } from './devices/devices.ts';
import { PairingCodes } from './devices/pairing-codes.ts';
import { Announcer } from './discovery/announcer.ts';
import { startFiling } from './filing/start-filing.ts';
import { ingestNow } from './ingest-now.ts';
import { startJobs } from './jobs/start-jobs.ts';
import { deviceApp } from './lan/device-app.ts';
import { startLanListener } from './lan/lan-listener.ts';
import { boundAddress, lanUrls } from './lan/lan-urls.ts';
import { openLan } from './lan/open-lan.ts';
import { diskByteCount } from './library/disk-size.ts';
import { nodeFileSystem } from './library/file-system.ts';
import { holdLock } from './library/hold-lock.ts';
import { LibraryKeeper } from './library/library-keeper.ts';
import { absolutePath, libraryLayout } from './library/library-layout.ts';
import { openLibrarySession, type OpenSession, type SessionParts } from './open-library-session.ts';
import { startScrub } from './scrub/scrub.ts';
import { startActions } from './start-actions.ts';
import { inventoryAnswers, startCoverage } from './start-coverage.ts';
import { startImmich } from './start-immich.ts';
import { startPictures } from './start-pictures.ts';
import { StatusTeller } from './status-teller.ts';
import { systemTimers, type Timers } from './timers.ts';
import { assetEvent, returnedEvents } from './window-api/asset-event.ts';
import { EventHub } from './window-api/event-hub.ts';
import { overviewOf } from './window-api/overview.ts';
import { removeServiceAddress, writeServiceAddress } from './window-api/service-address.ts';
import { windowHandlers } from './window-api/window-handlers.ts';
import { makeWindowKey } from './window-api/window-key.ts';
import { startWindowListener } from './window-api/window-listener.ts';
import { readWindowMemory, writeWindowMemory } from './window-api/window-memory.ts';
import { windowRoutes } from './window-api/window-routes.ts';

export type { RunningService, ServiceConfig } from './config/service-config.ts';

const DEFAULT_GRACE_MS = 5_000;

/**
 * The composition root: config in, a running service with one `close()` out. When it resolves the service takes
 * uploads, or waits for its library and says so.
 * @throws RoostError when it cannot run: a port is taken, Roost runs already.
 */
export async function startService(
  config: ServiceConfig,
  clock: Clock = systemClock,
  timers: Timers = systemTimers,
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
    const pathOf = (relative: string): string => absolutePath(libraryLayout(folder), relative);
    const knownLibraryId = (): string | undefined => settings.knownLibraryId(folder);
    const catalog = openStandingCatalog(dataFolder, {
      clock,
      log,
      knownLibraryId: knownLibraryId(),
    });
    stack.defer(() => catalog.close());

    const hub = new EventHub(startedAt, (assetIds) => assetEvent(catalog, assetIds));
    const bytesChanged = (sha256: string): void => {
      for (const assetId of assetIdsOfBytes(catalog, sha256)) hub.assetChanged(assetId);
    };
    const detailsFound = (sha256: string): void => {
      noteDetails(catalog, sha256);
      bytesChanged(sha256);
    };

    const reservedFreeByteCount = (): number => settings.current.reservedFreeByteCount;
    let last: OpenSession | undefined;
    const keeper = new LibraryKeeper({
      open: async (onFound) => {
        last = await openLibrarySession(sessionParts, onFound);
        // Previews that waited for the library need not wait any longer.
        pictures.libraryOpened();
        // Another computer may have written to it while it was away.
        hub.send({ type: 'anew' });
        return last;
      },
      reservedFreeByteCount,
      timers,
      onChange: () => {
        watch.libraryIs(keeper.status.problem);
        status.changed();
        hub.overviewChanged();
        if (!keeper.openSession) return;
        filing.resume();
        actions.emptier.look();
      },
      log,
    });

    const isLibraryPresent = async (): Promise<boolean> =>
      (await keeper.openSession?.library.isPresent()) ?? false;

    const pictures = await startPictures({
      catalog,
      clock,
      log,
      decoderEntry: config.decoderEntry,
      cacheFolder: join(dataFolder, 'previews'),
      anyFile: libraryLayout(folder).identityFile,
      pathOf,
      isLibraryPresent,
      reservedFreeByteCount,
      onTile: bytesChanged,
      onDetails: detailsFound,
      onProgress: () => hub.overviewChanged(),
    });
    stack.defer(() => pictures.close());
    const { previews, metadata } = pictures;

    const { jobs, watch } = startJobs({
      ...{ catalog, clock, timers, log },
      onChange: (job) => {
        hub.jobChanged(job);
        status.changed();
        pictures.noteUpload();
      },
    });
    stack.defer(() => watch.close());
    const status = stack.use(
      new StatusTeller({
        uploadCount: () => jobs.liveUploadCount,
        library: () => keeper.status,
        tell: (told) => config.onStatus?.(told),
      }),
    );
    const scrub = startScrub({
      catalog,
      files: nodeFileSystem,
      pathOf,
      isLibraryPresent,
      liveUploadCount: () => jobs.liveUploadCount,
      everyDays: () => settings.current.scrubEveryDays,
      onChange: (scrubStatus) => hub.send({ type: 'scrub', status: scrubStatus }),
      clock,
      timers: systemTimers,
      log,
    });
    stack.defer(() => scrub.close());
    const filing = startFiling({
      catalog,
      clock,
      log,
      session: () => keeper.session,
      template: () => settings.current.folderTemplate,
      liveUploadCount: () => jobs.liveUploadCount,
      onChange: () => hub.send({ type: 'filing' }),
    });
    stack.defer(() => filing.close());
    const actions = startActions({
      session: () => keeper.session,
      emptyAfterDays: () => settings.current.emptyTrashAfterDays,
      pathOf,
      ownFolders: [folder, dataFolder],
      isLibraryPresent,
      ...{ catalog, clock, log, pictures, scrub, hub },
    });
    stack.defer(() => actions.close());
    const tokens = await DeviceTokens.open(join(dataFolder, 'device-tokens.json'));
    const devicesChanged = (): void => hub.send({ type: 'devices' });
    const codes = new PairingCodes(clock, devicesChanged);
    const logins = await AppLogins.open({ dataFolder, clock, onChange: devicesChanged });
    stack.defer(() => logins.close());
    const devices = new Devices({
      catalog,
      ledger: () => keeper.session.ledger,
      tokens,
      codes,
      logins,
      clock,
      onChange: devicesChanged,
    });
    const known = { catalog, clock, log, hub, pathOf, isLibraryPresent };
    const coverage = startCoverage({
      ...known,
      settings: () => settings.current,
      hasToken: (deviceId) => tokens.has(deviceId),
      libraryState: () => keeper.status.state,
    });
    stack.use(coverage);
    const sessionParts: SessionParts = {
      folder,
      clock,
      log,
      catalog,
      knownLibraryId,
      noteLibrary: (libraryId) => settings.noteLibrary(folder, libraryId),
      introduce: (ledger) => devices.introduce(ledger),
      jobs,
      readHeader: pictures.readHeader,
      askHeader: pictures.askHeader,
      onHeaderRead: detailsFound,
      reservedFreeByteCount,
      onRecorded: (receipt, header) => {
        catalog.transaction(() => {
          if (header) recordHeader(catalog, receipt.sha256, header);
          previews.enqueue(receipt.sha256, 'tile');
          metadata.enqueue(receipt.sha256);
        });
        hub.assetChanged(receipt.assetId);
        hub.overviewChanged();
        hub.sentChanged();
      },
      onLinked: (receipt) => {
        hub.assetChanged(receipt.assetId);
        hub.sentChanged();
      },
      onMoved: (receipt, move) => {
        hub.assetChanged(receipt.assetId);
        hub.sentChanged();
        for (const event of returnedEvents(catalog, receipt, move)) hub.send(event);
      },
      template: () => folderTemplate(settings.current.folderTemplate),
      mayStore: (deviceId) => devices.isTrusted(deviceId),
      onReread: (receipt, finding) => scrub.note(receipt, finding),
    };
    // A slow read of a header must not hold up the end of uploads: it is told to stop first, and waited for last.
    stack.defer(() => last?.headersRead);
    let graceMs = DEFAULT_GRACE_MS;
    stack.defer(() => keeper.close(graceMs));
    await keeper.start();
    // Only now: what the journal has of the last run's uploads is told as safe.
    jobs.interruptLeftOvers();
    status.changed();

    const server = (): { id: string; name: string } => ({
      id: settings.serverId,
      name: settings.current.name,
    });
    const lanHost = overrides.lanHost;
    const lanPort = overrides.lanPort ?? settings.current.lanPort;
    const immich = startImmich({
      ...{ catalog, clock, log, pathOf, isLibraryPresent, logins, pictures, jobs, scrub, hub },
      session: () => keeper.session,
      folder,
      freeByteCount: () => keeper.status.freeByteCount,
    });
    stack.defer(() => immich.close());
    const app = deviceApp({
      ingest: ingestNow(() => keeper.session, jobs),
      devices,
      server,
      libraryState: () => deviceLibraryState(keeper.status.state),
      inventory: inventoryAnswers(coverage),
      immich: immich.parts,
      webUploadFolder: join(config.rendererFolder, 'web-upload'),
      log,
    });
    const { lan, lanFailure } = await openLan(config.host, () =>
      startLanListener({ app, host: lanHost, port: lanPort, log }),
    );
    stack.defer(async () => {
      lan?.stopAccepting();
      await keeper.close(graceMs);
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
      libraryFolder: folder,
      library: () => keeper.status,
      catalog,
      settings,
      lan: () => ({ port: lan?.port ?? lanPort, urls: urls() }),
      lanFailure,
      discovery: () =>
        lanFailure ? { kind: 'failed', reason: lanFailure.message } : announcer.state(),
      brokenFile,
      journalDamage: () => last?.journalDamage ?? [],
      scrub: () => scrub.status(),
      quietDevices: () => coverage.quietDevices(),
    });
    const lastWindow = await readWindowMemory(dataFolder);
    const windowKey = config.windowKey ?? makeWindowKey(clock, lastWindow);
    const handlers = windowHandlers({
      catalog,
      jobs,
      devices,
      tokens,
      library: () => keeper.status,
      reservedFreeByteCount,
      diskByteCount: () => diskByteCount(folder),
      codes,
      coverage,
      previews,
      previewStore: pictures.store,
      scrub,
      filing,
      ...actions,
      pathOf,
      overview,
      ledger: () => keeper.session.ledger,
      assetChanged: (assetId) => hub.assetChanged(assetId),
      clock,
      lanUrls: () => {
        if (lanFailure) throw lanFailure;
        return urls();
      },
      settings: () => ({ settings: settings.current, restartNeeded: settings.restartNeeded }),
      changeSettings: async (change) => {
        await settings.change(change);
        config.onSettings?.(settings.current);
        announce();
        keeper.reserveChanged();
        scrub.settingsChanged();
        hub.send({ type: 'filing' });
        coverage.settingsChanged();
        hub.overviewChanged();
      },
      // The answer goes out before the host takes this service down.
      restart: () => void setTimeout(() => config.onRestartAsked?.(), 50),
    });
    const window = await startWindowListener({
      ...{ port: overrides.windowPort, lastPort: lastWindow?.port, windowKey },
      hub,
      routers: windowRoutes({
        ...{ catalog, clock, handlers, coverage, previews, pathOf },
        cache: pictures.cache,
        exports: actions.exports,
        requireLibrary: () => devices.requireLibrary(),
      }),
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
    await writeWindowMemory(dataFolder, { ...windowKey, port: window.port, startedAt }, log);

    announce();

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
