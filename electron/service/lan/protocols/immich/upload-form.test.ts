import type { IncomingMessage } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import fc from 'fast-check';
import { expect, it } from 'vitest';

import { RoostError } from '../../../../../shared/error-catalogue.ts';
import {
  formBody,
  formType,
  type FormPart,
} from '../../../../../tests/immich/support/form-body.ts';

import { MAX_SIDECAR_BYTES, UploadForm } from './upload-form.ts';

/** A request whose body comes in these parts. */
function requestOf(chunks: readonly Uint8Array[], contentType = formType): IncomingMessage {
  const body = Readable.from(chunks);
  return Object.assign(body, {
    headers: { 'content-type': contentType },
  }) as unknown as IncomingMessage;
}

function split(body: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [
    ...new Set([0, ...cuts.map((cut) => cut % body.byteLength), body.byteLength]),
  ].toSorted((a, b) => a - b);
  return at.slice(1).map((end, index) => body.subarray(at[index], end));
}

const photo = (bytes: Uint8Array): FormPart => ({
  name: 'assetData',
  fileName: 'IMG_1.JPG',
  bytes,
});
const field = fc.tuple(
  fc.constantFrom('fileCreatedAt', 'isFavorite', 'filename', 'odd'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);

it('gives the bytes and every field, wherever they stand and however the connection parts them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 3000 }),
      fc.array(field, { maxLength: 6 }),
      fc.nat(6),
      fc.array(fc.nat(), { maxLength: 12 }),
      async (bytes, fields, place, cuts) => {
        const parts: FormPart[] = [...fields];
        parts.splice(Math.min(place, fields.length), 0, photo(bytes));
        const form = new UploadForm(requestOf(split(formBody(parts), cuts)));
        const { body, fileName } = await form.file;
        expect(Buffer.compare(await buffer(body), bytes)).toBe(0);
        await form.ended;
        expect(fileName).toBe('IMG_1.JPG');
        expect(Object.fromEntries(form.fields)).toEqual(Object.fromEntries(fields));
      },
    ),
    { numRuns: 60 },
  );
});

it('is whole to its last boundary, or nothing: whoever reads its file hears the same as whoever waits for its end', async () => {
  const whole = formBody([photo(Buffer.from('some bytes')), ['isFavorite', 'true']]);
  const endOfFile = whole.indexOf('some bytes') + 'some bytes\r\n--'.length;
  for (let length = 0; length < whole.byteLength - '--\r\n'.length; length += 7) {
    const form = new UploadForm(requestOf([whole.subarray(0, length)]));
    const read = form.file.then(({ body }) => buffer(body)).catch((error: unknown) => error);
    await expect(form.ended, String(length)).rejects.toMatchObject({ code: 'request/invalid' });
    const heard = await read;
    if (length < endOfFile) expect(heard).toMatchObject({ code: 'request/invalid' });
  }
});

const sidecar = (bytes: Uint8Array): FormPart => ({
  name: 'sidecarData',
  fileName: 'IMG_1.xmp',
  bytes,
});

it('keeps a sidecar, on either side of its photo', async () => {
  const bytes = Buffer.alloc(100, 'x');
  for (const parts of [
    [sidecar(bytes), photo(Buffer.from('p'))],
    [photo(Buffer.from('p')), sidecar(bytes)],
  ]) {
    const form = new UploadForm(requestOf([formBody(parts)]));
    await buffer((await form.file).body);
    await form.ended;
    expect(form.sidecar?.bytes.equals(bytes)).toBe(true);
  }
});

const fields = (count: number): FormPart[] =>
  Array.from({ length: count }, (_, at) => [`field${at}`, 'x'] as const);

it.each<[string, FormPart[], string, string]>([
  [
    'a second photo',
    [photo(Buffer.from('a')), photo(Buffer.from('b'))],
    'request/invalid',
    'one part assetData',
  ],
  [
    'a second sidecar',
    [sidecar(Buffer.from('a')), sidecar(Buffer.from('b')), photo(Buffer.from('p'))],
    'request/invalid',
    'one part sidecarData',
  ],
  [
    'a file under another name',
    [
      { name: 'livePhotoData', fileName: 'a.mov', bytes: Buffer.from('m') },
      photo(Buffer.from('p')),
    ],
    'request/invalid',
    'livePhotoData',
  ],
  [
    'a sidecar that is too long for one',
    [sidecar(Buffer.alloc(MAX_SIDECAR_BYTES + 1)), photo(Buffer.from('p'))],
    'request/too-large',
    '4 MiB',
  ],
  [
    'a field that is too long',
    [['metadata', 'x'.repeat(64 * 1024 + 1)], photo(Buffer.from('p'))],
    'request/invalid',
    'metadata',
  ],
  [
    'a field without a name',
    [['', 'x'], photo(Buffer.from('p'))],
    'request/invalid',
    'without a name',
  ],
  ['too many fields', [...fields(41), photo(Buffer.from('p'))], 'request/invalid', 'too many'],
])(
  'is refused in words for %s, and the request stays open for them',
  async (_, parts, code, words) => {
    const body = formBody(parts);
    const request = requestOf(split(body, [1000, body.byteLength - 10]));
    const form = new UploadForm(request);
    form.file
      .then(({ body: file }) => file.resume().on('error', () => undefined))
      .catch(() => undefined);
    const refusal = await form.ended.catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code });
    expect(String(refusal)).toContain(words);
    expect(request.destroyed && !request.readableEnded).toBe(false);
  },
);

it.each([
  ['that names nothing', 'content-type: text/plain\r\n\r\ntrue\r\n'],
  [
    'that is no field of a form',
    'content-disposition: attachment; name="isFavorite"\r\n\r\ntrue\r\n',
  ],
  ['that is no head', 'isFavorite\r\n\r\ntrue\r\n'],
  ['without an end', 'content-disposition: form-data; name="isFavorite"\r\n'],
  ['without a part', '\r\n'],
])('is refused for a part with a head %s, which nobody could heed', async (_, part) => {
  const [boundary = ''] = formBody([]).toString().split('--\r\n');
  const bad = Buffer.from(`${boundary}\r\n${part}`);
  const whole = formBody([photo(Buffer.from('p')), ['a', 'b']]);
  const behind = whole.indexOf(boundary, 1);
  for (const at of [0, behind]) {
    const body = Buffer.concat([whole.subarray(0, at), bad, whole.subarray(at)]);
    const form = new UploadForm(requestOf([body]));
    form.file.then(({ body: file }) => file.resume()).catch(() => undefined);
    await expect(form.ended, String(at)).rejects.toMatchObject({
      code: 'request/invalid',
      message: 'The form has a part whose head cannot be read.',
    });
  }
});

it('is not refused for a long field beside a photo that its limits have room for', async () => {
  const form = new UploadForm(
    requestOf([
      formBody([['metadata', 'x'.repeat(64 * 1024)], ...fields(39), photo(Buffer.from('p'))]),
    ]),
  );
  await buffer((await form.file).body);
  await form.ended;
  expect(form.fields.get('metadata')).toHaveLength(64 * 1024);
});

it('breaks off with its connection, and with what ended that', async () => {
  const whole = formBody([photo(Buffer.alloc(100))]);
  const endings = [
    [new Error('read ECONNRESET'), 'upload/interrupted'],
    [new RoostError('upload/idle'), 'upload/idle'],
    [undefined, 'upload/interrupted'],
  ] as const;
  for (const [error, code] of endings) {
    const request = Object.assign(new PassThrough(), { headers: { 'content-type': formType } });
    const form = new UploadForm(request as unknown as IncomingMessage);
    request.write(whole.subarray(0, whole.byteLength - 30));
    const { body } = await form.file;
    const read = expect(buffer(body)).rejects.toMatchObject({ code });
    request.destroy(error);
    await read;
    await expect(form.ended).rejects.toMatchObject({ code });
  }
});

it('is a form, with a file', async () => {
  expect(() => new UploadForm(requestOf([], 'image/jpeg'))).toThrow('multipart/form-data');
  expect(() => new UploadForm(requestOf([], 'multipart/form-data; x=y'))).toThrow('boundary');
  const form = new UploadForm(requestOf([formBody([['isFavorite', 'true']])]));
  await expect(form.file).rejects.toMatchObject({ code: 'request/invalid' });
});
