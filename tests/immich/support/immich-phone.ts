import type { PhoneAnswer } from '../../support/fake-phone.ts';
import { FakePhone } from '../../support/fake-phone.ts';

import { formBody, formType, type FormPart } from './form-body.ts';

/** How apps of Immich carry what they were let in by. */
export type Credential = 'authorization' | 'x-api-key' | 'x-immich-user-token';

/** Sends requests as apps that speak Immich's protocol shape them (facts/immich-api-subset). */
export class ImmichPhone implements Disposable {
  readonly #phone: FakePhone;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(lanUrl: string, token: string, credential: Credential = 'authorization') {
    this.#phone = new FakePhone(lanUrl);
    const value = credential === 'authorization' ? `Bearer ${token}` : token;
    this.#headers = { [credential]: value };
  }

  /**
   * `POST /api/assets`; `cutTo` sends a body that is shorter than the form, `breakAt` breaks the connection off in the
   * middle of a longer one.
   */
  async upload(
    parts: readonly FormPart[],
    options: {
      readonly checksum?: string;
      readonly cutTo?: number;
      readonly breakAt?: number;
    } = {},
  ): Promise<PhoneAnswer> {
    const body = formBody(parts).subarray(0, options.cutTo);
    return this.#phone.send(
      'POST',
      '/api/assets',
      {
        ...this.#headers,
        'content-type': formType,
        'content-length': body.byteLength,
        ...(options.checksum !== undefined && { 'x-immich-checksum': options.checksum }),
      },
      body,
      options.breakAt,
    );
  }

  /** As YAIIU's app does it: all fields, then the file. */
  uploadAsYaiiu(file: {
    readonly deviceAssetId: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly metadata?: object;
  }): Promise<PhoneAnswer> {
    return this.upload([
      ['deviceAssetId', file.deviceAssetId],
      ['deviceId', 'B3D7A1C0-0000-4000-8000-000000000001'],
      ['fileCreatedAt', '2026-05-01T14:30:00+02:00'],
      ['fileModifiedAt', '2026-05-01T14:31:00+02:00'],
      ['isFavorite', 'false'],
      ...(file.metadata
        ? [['metadata', JSON.stringify([{ key: 'mobile-app', value: file.metadata }])] as const]
        : []),
      {
        name: 'assetData',
        fileName: file.fileName,
        contentType: 'image/heic',
        bytes: file.bytes,
      },
    ]);
  }

  /** As iOS does it for YAIIU's extension: the bytes alone, all else in headers or in the query. */
  uploadInBackground(file: {
    readonly deviceAssetId: string;
    readonly fileName: string;
    readonly contentType: string;
    readonly bytes: Uint8Array;
    readonly isInQuery?: boolean;
  }): Promise<PhoneAnswer> {
    const told = {
      deviceAssetId: file.deviceAssetId,
      deviceId: 'ios-fawenyo-yaiiu',
      fileCreatedAt: '2026-05-01T14:30:00+02:00',
      fileModifiedAt: '2026-05-01T14:31:00+02:00',
      isFavorite: 'true',
      filename: file.fileName,
      contentType: file.contentType,
      latitude: '48.1',
      longitude: '11.5',
    };
    const query = file.isInQuery === true ? `?${new URLSearchParams(told).toString()}` : '';
    const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
    const headers = file.isInQuery
      ? {}
      : {
          'x-device-asset-id': latin1(told.deviceAssetId),
          'x-device-id': told.deviceId,
          'x-file-created-at': told.fileCreatedAt,
          'x-file-modified-at': told.fileModifiedAt,
          'x-is-favorite': told.isFavorite,
          'x-filename': latin1(told.filename),
          'x-content-type': told.contentType,
          'x-timezone-offset': '+02:00',
          'x-latitude': told.latitude,
          'x-longitude': told.longitude,
        };
    return this.#phone.send(
      'POST',
      `/api/assets/background${query}`,
      {
        ...this.#headers,
        accept: 'application/json',
        'content-length': file.bytes.byteLength,
        ...headers,
      },
      file.bytes,
    );
  }

  /** A call with JSON, and its answer read as such. */
  async call(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly json: unknown }> {
    const { status, text } = await this.ask(method, path, body);
    return { status, json: text === '' ? undefined : JSON.parse(text) };
  }

  /** A call with JSON. */
  async ask(
    method: string,
    path: string,
    body?: object,
  ): Promise<{ readonly status: number; readonly text: string }> {
    const bytes = body && Buffer.from(JSON.stringify(body));
    const answer = await this.#phone.send(
      method,
      path,
      {
        ...this.#headers,
        ...(bytes && { 'content-type': 'application/json', 'content-length': bytes.byteLength }),
      },
      bytes,
    );
    return { status: answer.status, text: answer.body };
  }

  close(): void {
    this.#phone.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
