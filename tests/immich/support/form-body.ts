/** A part of a form, in the order in which it is sent. */
export type FormPart =
  | readonly [name: string, value: string]
  | {
      readonly name: string;
      readonly fileName: string;
      readonly contentType?: string;
      readonly bytes: Uint8Array;
    };

/** The photo of a form. */
export const filePart = (fileName: string, bytes: Uint8Array, contentType?: string) => ({
  name: 'assetData',
  fileName,
  bytes,
  ...(contentType !== undefined && { contentType }),
});

/** The times that every app tells. */
export const TIMES: readonly FormPart[] = [
  ['fileCreatedAt', '2026-05-01T12:30:00.000Z'],
  ['fileModifiedAt', '2026-05-01T12:31:00.000Z'],
];

const BOUNDARY = '----roost-test-4f1c';

/** The content type of such a form. */
export const formType = `multipart/form-data; boundary=${BOUNDARY}`;

/** The bytes of a form. */
export function formBody(parts: readonly FormPart[]): Buffer {
  const chunks: Uint8Array[] = [];
  for (const part of parts) {
    if ('bytes' in part) {
      const { name, fileName, contentType = 'application/octet-stream', bytes } = part;
      chunks.push(
        Buffer.from(
          `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"; filename="${fileName}"\r\n` +
            `content-type: ${contentType}\r\n\r\n`,
        ),
        bytes,
        Buffer.from('\r\n'),
      );
    } else {
      const [name, value] = part;
      chunks.push(
        Buffer.from(
          `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        ),
      );
    }
  }
  chunks.push(Buffer.from(`--${BOUNDARY}--\r\n`));
  return Buffer.concat(chunks);
}
