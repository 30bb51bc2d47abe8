import type { AsyncCommand } from 'fast-check';
import { expect } from 'vitest';

import type { OpenRequest } from '../../support/open-request.ts';
import { SeededRandom } from '../../support/seeded-random.ts';
import { OFFSET_BYTES } from '../../support/tus-phone.ts';

import type { RealRoost } from './real-roost.ts';
import type { ModelDialect, ModelUpload, UploadsModel, UploadState } from './upload-model.ts';

export type UploadCommand = AsyncCommand<UploadsModel, RealRoost>;

/** How a request ends: as it should, or as phones do. */
export type Ending = 'whole' | 'closed' | 'reset' | 'silent' | 'answer-lost';

const ENDED: readonly UploadState[] = ['stored'];
const UNDER_WAY: readonly UploadState[] = ['open', 'perhaps-stored'];

abstract class Command implements UploadCommand {
  abstract check(model: Readonly<UploadsModel>): boolean;
  abstract act(model: UploadsModel, real: RealRoost): Promise<void>;
  abstract toString(): string;

  async run(model: UploadsModel, real: RealRoost): Promise<void> {
    await this.act(model, real);
    await real.expectLibraryToBe(model);
  }
}

/** A command about an upload that is there already. */
abstract class OneUpload extends Command {
  readonly choice: number;
  readonly #states: readonly UploadState[];

  constructor(choice: number, states: readonly UploadState[]) {
    super();
    this.choice = choice;
    this.#states = states;
  }

  override check(model: Readonly<UploadsModel>): boolean {
    return model.has(this.#states);
  }

  override async act(model: UploadsModel, real: RealRoost): Promise<void> {
    const upload = model.pick(this.choice, this.#states);
    if (upload) await this.actOn(upload, real, model);
  }

  abstract actOn(upload: ModelUpload, real: RealRoost, model: UploadsModel): Promise<void>;
}

export class Create extends Command {
  readonly dialect: ModelDialect;
  readonly byteCount: number;
  readonly firstPermille: number;
  readonly ending: Ending;

  constructor(dialect: ModelDialect, byteCount: number, firstPermille: number, ending: Ending) {
    super();
    this.dialect = dialect;
    this.byteCount = byteCount;
    this.firstPermille = firstPermille;
    this.ending = ending;
  }

  override check(): boolean {
    return true;
  }

  override async act(model: UploadsModel, real: RealRoost): Promise<void> {
    const number = model.nextNumber();
    const bytes = new SeededRandom(number * 7919 + this.byteCount).bytes(this.byteCount);
    const first = Math.floor((this.byteCount * this.firstPermille) / 1000);
    const assetKey = `upload-${number}`;
    const { dialect } = this;
    const added = (location: unknown): ModelUpload => {
      const { pathname: path } = new URL(String(location), 'http://roost');
      const upload: ModelUpload = {
        ...{ number, assetKey, dialect, bytes, path },
        ...{ told: 0, sent: 0, isAcknowledged: false, state: 'open' },
      };
      model.uploads.push(upload);
      return upload;
    };
    if (dialect === 'tus') {
      const headers = { 'upload-length': bytes.byteLength };
      const answer = await real.tus().create(assetKey, headers, bytes.subarray(0, first));
      real.heardAppended(added(answer.headers.location), answer, first);
      return;
    }
    const phone = real.phone({ dialect });
    if (this.ending === 'whole') {
      const answer = await phone.create({ assetKey, isComplete: false }, bytes.subarray(0, first));
      real.heardAppended(added(answer.headers.location), answer, first);
      return;
    }
    // The whole file at once, as URLSession sends it; its 104 tells the address.
    const request = phone.beginCreation({
      assetKey,
      isComplete: true,
      contentLength: bytes.byteLength,
    });
    const { headers } = await request.hears(104, 'location');
    const upload = added(headers.location);
    await breakOff(request, upload, bytes, Math.min(first, this.byteCount - 1), this.ending, real);
  }

  override toString(): string {
    return `create(${this.dialect}, ${this.byteCount}, ${this.firstPermille}‰, ${this.ending})`;
  }
}

export class Append extends OneUpload {
  readonly permille: number;
  readonly isLast: boolean;
  readonly ending: Ending;

  constructor(choice: number, permille: number, isLast: boolean, ending: Ending) {
    super(choice, UNDER_WAY);
    this.permille = permille;
    this.isLast = isLast;
    this.ending = ending;
  }

  override async actOn(upload: ModelUpload, real: RealRoost): Promise<void> {
    await real.ask(upload);
    if (!UNDER_WAY.includes(upload.state)) return;
    const { bytes, dialect, told: offset } = upload;
    const left = bytes.byteLength - offset;
    const count = this.isLast ? left : Math.floor((left * this.permille) / 1000);
    const part = bytes.subarray(offset, offset + count);
    const isTus = dialect === 'tus';
    const request = isTus
      ? real.tus().open('PATCH', upload.path, {
          ...OFFSET_BYTES,
          'upload-offset': offset,
          'content-length': count,
        })
      : real.phone(upload).beginAppend(upload.path, {
          offset,
          isComplete: this.isLast,
          contentLength: count,
        });
    const isEnd = this.isLast || (isTus && count === left);
    if (this.ending === 'whole') {
      const answer = await request.end(part);
      expect(answer.headers['roost-result'] !== undefined).toBe(isEnd);
      real.heardAppended(upload, answer, offset + count);
      return;
    }
    // An empty body is whole as soon as its request has begun.
    if (isEnd && (count === 0 || this.ending === 'answer-lost')) upload.state = 'perhaps-stored';
    const sent = Math.floor((count * this.permille) / 1001);
    await breakOff(request, upload, part, sent, this.ending, real);
  }

  override toString(): string {
    return `append(${this.choice}, ${this.permille}‰, ${this.isLast ? 'last, ' : ''}${this.ending})`;
  }
}

/** Sends the first bytes of a body, then ends the request as told. */
async function breakOff(
  request: OpenRequest,
  upload: ModelUpload,
  body: Buffer,
  count: number,
  ending: Ending,
  real: RealRoost,
): Promise<void> {
  const all = ending === 'answer-lost' ? body.byteLength : count;
  await request.send(body.subarray(0, all)).catch(() => undefined);
  upload.sent = Math.max(upload.sent, upload.told + all);
  if (ending === 'silent') real.keep(request);
  else if (ending === 'reset') await request.reset();
  else request.drop();
  if (ending === 'answer-lost' && upload.sent === upload.bytes.byteLength) {
    upload.state = 'perhaps-stored';
  }
}

export class AppendElsewhere extends OneUpload {
  readonly offset: number;

  constructor(choice: number, offset: number) {
    super(choice, UNDER_WAY);
    this.offset = offset;
  }

  override async actOn(upload: ModelUpload, real: RealRoost): Promise<void> {
    await real.ask(upload);
    if (upload.state !== 'open' || upload.told === this.offset) return;
    const body = Buffer.from('these bytes belong nowhere');
    const answer =
      upload.dialect === 'tus'
        ? await real.tus().append(upload.path, this.offset, body)
        : await real
            .phone(upload)
            .append(upload.path, { offset: this.offset, isComplete: false }, body);
    expect(answer.status).toBe(409);
    expect(Number(answer.headers['upload-offset'])).toBe(upload.told);
  }

  override toString(): string {
    return `appendElsewhere(${this.choice}, ${this.offset})`;
  }
}

export class Ask extends OneUpload {
  constructor(choice: number) {
    super(choice, [...UNDER_WAY, ...ENDED]);
  }

  override async actOn(upload: ModelUpload, real: RealRoost): Promise<void> {
    await real.ask(upload);
  }

  override toString(): string {
    return `ask(${this.choice})`;
  }
}

export class Cancel extends OneUpload {
  constructor(choice: number) {
    super(choice, UNDER_WAY);
  }

  override async actOn(upload: ModelUpload, real: RealRoost): Promise<void> {
    await real.ask(upload);
    if (upload.state !== 'open') return;
    const phone = real.phone(upload);
    expect((await phone.cancel(upload.path)).status).toBe(204);
    expect((await phone.ask('HEAD', upload.path)).status).toBe(404);
    upload.state = 'gone';
  }

  override toString(): string {
    return `cancel(${this.choice})`;
  }
}

/** The device did not hear that its file is home, and asks for the end again. */
export class Replay extends OneUpload {
  constructor(choice: number) {
    super(choice, ENDED);
  }

  override async actOn(upload: ModelUpload, real: RealRoost): Promise<void> {
    await real.ask(upload);
    if (upload.state !== 'stored') return;
    const offset = upload.bytes.byteLength;
    const answer =
      upload.dialect === 'tus'
        ? await real.tus().append(upload.path, offset, Buffer.alloc(0))
        : await real.phone(upload).append(upload.path, { offset, isComplete: true });
    real.heardStored(upload, answer);
  }

  override toString(): string {
    return `replay(${this.choice})`;
  }
}

/** The device lost its memory, and sends a file again that is home. */
export class Repeat extends OneUpload {
  constructor(choice: number) {
    super(choice, ['stored', 'forgotten']);
  }

  override async actOn(upload: ModelUpload, real: RealRoost): Promise<void> {
    const { assetKey, bytes } = upload;
    const answer = await real.phone(upload).create({ assetKey, isComplete: true }, bytes);
    expect(answer.status).toBe(200);
    const { state } = upload;
    real.heardStored(upload, answer);
    upload.state = state;
  }

  override toString(): string {
    return `repeat(${this.choice})`;
  }
}

export class Crash extends Command {
  override check(): boolean {
    return true;
  }

  override async act(_model: UploadsModel, real: RealRoost): Promise<void> {
    await real.crash();
  }

  override toString(): string {
    return 'crash';
  }
}

export class Restart extends Command {
  override check(): boolean {
    return true;
  }

  override async act(_model: UploadsModel, real: RealRoost): Promise<void> {
    await real.restart();
  }

  override toString(): string {
    return 'restart';
  }
}

/** At the end everything that is under way comes home. */
export async function finishAll(model: UploadsModel, real: RealRoost): Promise<void> {
  for (const upload of model.uploads) {
    if (!UNDER_WAY.includes(upload.state)) continue;
    await new Append(0, 1000, true, 'whole').actOn(upload, real);
    expect(['stored', 'gone', 'perhaps-forgotten']).toContain(upload.state);
  }
  await real.expectLibraryToBe(model);
}
