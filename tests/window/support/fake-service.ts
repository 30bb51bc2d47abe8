import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';

import express, { type Express, type Request, type Response } from 'express';
import sharp from 'sharp';

import { type ErrorCode, problemOf, RoostError } from '../../../shared/error-catalogue.ts';
import {
  EVENTS_PATH,
  WINDOW_API,
  type WindowCall,
  type WindowEvent,
} from '../../../shared/window-api.ts';
import type { TimelineAsset } from '../../../shared/window-views.ts';
import { FakeLibrary, type NewAsset } from './fake-library.ts';
import { FakeState } from './fake-state.ts';
import { SAMPLE_CLIP } from './sample-clip.ts';

/** The policy the real service sends with every page. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "media-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The window's side of the service, in memory: the whole contract over real HTTP, with switches to break it.
 * Change `library` and `state` freely; `emit` tells open windows.
 */
export class FakeService {
  readonly library = new FakeLibrary();
  readonly state = new FakeState(this.library, (event) => this.emit(event));
  /** Every request so far, e.g. `GET /api/overview`. */
  readonly requests: string[] = [];
  readonly #app: Express;
  readonly #streams = new Set<Response>();
  readonly #sockets = new Set<Socket>();
  readonly #failures = new Map<string, ErrorCode>();
  readonly #pictures = new Map<string, Promise<Buffer>>();
  #server: Server | undefined;
  #port = 0;

  constructor(rendererFolder: string) {
    this.#app = this.#makeApp(rendererFolder);
  }

  static async start(rendererFolder: string): Promise<FakeService> {
    const service = new FakeService(rendererFolder);
    await service.goOnline();
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** How many windows listen for events. */
  get listenerCount(): number {
    return this.#streams.size;
  }

  addAssets(...assets: readonly NewAsset[]): TimelineAsset[] {
    return assets.map((asset) => this.library.add(asset).asset);
  }

  /** Adds an asset and tells open windows, as ingest does. */
  receive(asset: NewAsset): TimelineAsset {
    const made = this.library.add(asset).asset;
    this.tell(made);
    return made;
  }

  /** Changes an asset and tells open windows, as the preview queue does. */
  update(assetId: string, change: Partial<TimelineAsset>): void {
    const found = this.library.get(assetId);
    if (found === undefined) throw new Error(`There is no asset ${assetId}.`);
    found.asset = { ...found.asset, ...change };
    this.tell(found.asset);
  }

  tell(...assets: readonly TimelineAsset[]): void {
    const months = [...new Set(assets.map(({ capturedLocal }) => capturedLocal.slice(0, 7)))];
    this.emit({ type: 'assets', assets: [...assets], months, removedAssetIds: [] });
  }

  emit(event: WindowEvent): void {
    for (const stream of this.#streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  }

  /** Answers this call (or this exact path) with a problem until `heal`. */
  fail(callOrPath: WindowCall | `/${string}`, code: ErrorCode): void {
    this.#failures.set(callOrPath, code);
  }

  heal(callOrPath: WindowCall | `/${string}`): void {
    this.#failures.delete(callOrPath);
  }

  /** Cuts every connection and takes no new ones, as a stopped service does. */
  async goOffline(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async goOnline(): Promise<void> {
    const server = createServer(this.#app);
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async close(): Promise<void> {
    await this.goOffline();
  }

  #makeApp(rendererFolder: string): Express {
    const app = express();
    app.use((request, response, next) => {
      this.requests.push(`${request.method} ${request.path}`);
      response.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
      const code = this.#failures.get(request.path);
      if (code === undefined) next();
      else sendProblem(response, new RoostError(code));
    });
    app.get(EVENTS_PATH, (_, response) => this.#listen(response));
    app.use(express.json());
    for (const call of Object.keys(WINDOW_API) as WindowCall[]) this.#route(app, call);
    app.get('/media/assets/:assetId/:kind', (request, response) =>
      this.#sendPreview(request.params.assetId, request.params.kind, response),
    );
    app.get('/media/resources/:receiptId/original', (request, response) => {
      const found = this.library.originalOf(request.params.receiptId);
      if (found === undefined) {
        sendProblem(response, new RoostError('request/not-found'));
        return;
      }
      if (request.query['download'] === '1') response.attachment(found.fileName);
      response.type(found.mediaType).send(found.bytes);
    });
    app.use(express.static(rendererFolder));
    app.get('/{*path}', (_, response) => response.sendFile(join(rendererFolder, 'index.html')));
    return app;
  }

  #route(app: Express, call: WindowCall): void {
    const { method, path, input } = WINDOW_API[call];
    const verb = method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
    app[verb](path, (request: Request, response: Response) => {
      const code = this.#failures.get(call);
      if (code !== undefined) {
        sendProblem(response, new RoostError(code));
        return;
      }
      const parsed = input.safeParse({
        ...request.query,
        ...(request.body as object | undefined),
        ...request.params,
      });
      if (!parsed.success) {
        sendProblem(response, new RoostError('request/invalid'));
        return;
      }
      try {
        response.json(this.state.answer(call, parsed.data));
      } catch (error) {
        if (!(error instanceof RoostError)) throw error;
        sendProblem(response, error);
      }
    });
  }

  #listen(response: Response): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    const hello: WindowEvent = { type: 'hello', startedAt: this.state.overview().startedAt };
    response.write(`data: ${JSON.stringify(hello)}\n\n`);
  }

  #sendPreview(assetId: string, kind: string, response: Response): void {
    const found = this.library.get(assetId);
    if (kind === 'clip' && found?.asset.hasClip === true) {
      response.type('video/webm').send(SAMPLE_CLIP);
      return;
    }
    const picture = kind === 'clip' ? undefined : found?.picture;
    if (picture === undefined) {
      sendProblem(response, new RoostError('request/not-found'));
      return;
    }
    const edge = kind === 'tile' ? 512 : 2048;
    const key = `${picture.thumbhash}/${edge}`;
    const made =
      this.#pictures.get(key) ??
      sharp(picture.jpeg)
        .resize(edge, edge, { fit: 'inside', withoutEnlargement: true })
        .webp()
        .toBuffer();
    this.#pictures.set(key, made);
    void made.then((bytes) =>
      response.type('image/webp').set('Cache-Control', 'max-age=31536000, immutable').send(bytes),
    );
  }
}

function sendProblem(response: Response, error: RoostError): void {
  response
    .status(error.facts.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(error)));
}
