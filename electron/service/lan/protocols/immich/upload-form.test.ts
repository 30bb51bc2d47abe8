import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import fc from 'fast-check';
import { expect, it } from 'vitest';

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

it('is whole to its last boundary, or nothing: a shorter one ends with an error', async () => {
  const whole = formBody([photo(Buffer.from('some bytes')), ['isFavorite', 'true']]);
  for (let length = 0; length < whole.byteLength - '--\r\n'.length; length += 7) {
    const form = new UploadForm(requestOf([whole.subarray(0, length)]));
    const read = form.file.then(({ body }) => buffer(body)).catch(() => undefined);
    await expect(form.ended, String(length)).rejects.toMatchObject({ code: 'request/invalid' });
    await read;
  }
});

it('keeps a sidecar, and lets one be that is too long for one', async () => {
  for (const [length, isKept] of [
    [100, true],
    [MAX_SIDECAR_BYTES + 1, false],
  ] as const) {
    const bytes = Buffer.alloc(length, 'x');
    const sidecar = { name: 'sidecarData', fileName: 'IMG_1.xmp', bytes };
    const form = new UploadForm(requestOf([formBody([sidecar, photo(Buffer.from('p'))])]));
    await buffer((await form.file).body);
    await form.ended;
    expect(form.sidecar?.bytes.equals(bytes) ?? false).toBe(isKept);
  }
});

it('is a form, with a file', async () => {
  expect(() => new UploadForm(requestOf([], 'image/jpeg'))).toThrow('multipart/form-data');
  expect(() => new UploadForm(requestOf([], 'multipart/form-data; x=y'))).toThrow('boundary');
  const form = new UploadForm(requestOf([formBody([['isFavorite', 'true']])]));
  await expect(form.file).rejects.toMatchObject({ code: 'request/invalid' });
});
