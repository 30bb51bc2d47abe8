import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { ERRORS } from '../../shared/error-catalogue.ts';
import {
  DEFAULT_LAN_PORT,
  HEADERS,
  MAX_CHECK_ENTRIES,
  UPLOAD_RESULTS,
} from '../../shared/native-protocol.ts';
import { RESOURCE_TYPES } from '../../shared/resource-type.ts';
import { RoostProcess, runRoostJson } from '../support/roost-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

import { parseAnswer, uploadAddressIn, withPlaceholders } from './http-answer.ts';
import { DOCUMENT, examplesOf, shellWords, tableOf } from './protocol-document.ts';

const PHOTO_BYTE_COUNT = 7_000;
const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe('docs/protocol.md', () => {
  it('lists every error with its status, its retry, its words and whether it closes an upload', () => {
    const shown = tableOf(DOCUMENT, 'code').map(([code, status, retry, title, onUpload]) => [
      code,
      Number(status),
      retry,
      title,
      onUpload === 'closed',
    ]);
    const real = Object.entries(ERRORS).map(([code, { status, retry, title, ...more }]) => [
      code,
      status,
      retry,
      title,
      'closesUpload' in more,
    ]);
    expect(shown).toEqual(real);
  });

  it('lists every resource type with its number', () => {
    const shown = tableOf(DOCUMENT, 'word').map(([word, number]) => [word, Number(number)]);
    expect(Object.fromEntries(shown)).toEqual(RESOURCE_TYPES);
  });

  it('lists every result', () => {
    expect(tableOf(DOCUMENT, 'Roost-Result').map(([result]) => result)).toEqual([
      ...UPLOAD_RESULTS,
    ]);
  });

  it.each(Object.values(HEADERS))('speaks of the header %s', (header) => {
    expect(DOCUMENT).toMatch(new RegExp(`\`${header}\`|^${header}: `, 'm'));
  });

  it('names the port and the size of a check', () => {
    expect(DOCUMENT).toContain(`port ${DEFAULT_LAN_PORT}`);
    expect(DOCUMENT).toContain(`up to ${MAX_CHECK_ENTRIES.toLocaleString('en')} resources`);
  });

  it('shows what a real Roost answers to each of its commands', async (context) => {
    if (!hasCurl) context.skip('curl is not installed');
    await using temp = await tempFolder();
    await using roost = await RoostProcess.start({
      dataFolder: join(temp.path, 'data'),
      libraryFolder: join(temp.path, 'library'),
    });
    const digest = await writeExampleFiles(temp.path);
    const { json } = await runRoostJson(['pair', '--data', roost.folders.dataFolder]);
    const values: Record<string, string> = {
      ROOST: roost.lanUrl,
      CODE: String(json['code']),
      DIGEST: digest,
    };
    const examples = examplesOf(DOCUMENT);
    expect(examples.length).toBeGreaterThan(10);
    for (const { command, answer } of examples) {
      const [program, ...words] = shellWords(command, values);
      expect(program).toBe('curl');
      const options = ['--silent', '--show-error', '--max-time', '60', '--noproxy', '*'];
      const { stdout } = await promisify(execFile)('curl', [...options, ...words], {
        cwd: temp.path,
      });
      const actual = parseAnswer(stdout);
      const shown = parseAnswer(answer);
      expect(withPlaceholders(actual, shown), command).toEqual(shown);
      const { token } = (actual.body ?? {}) as { token?: string };
      if (token !== undefined) values['TOKEN'] = token;
      const upload = uploadAddressIn(actual);
      if (upload !== undefined) values['UPLOAD'] = upload;
    }
  });
});

describe('the reader of the examples', () => {
  it('splits words as a shell does', () => {
    const words = shellWords(`curl -H "A: $TOKEN \\"b\\"" \\\n  -d '{"c": "$X"}' ""`, {
      TOKEN: 't',
    });
    expect(words).toEqual(['curl', '-H', 'A: t "b"', '-d', '{"c": "$X"}', '']);
  });

  it.each(['curl $(ls)', 'curl | sh', 'curl "$NONE"', 'curl a; b'])('refuses %s', (command) => {
    expect(() => shellWords(command, {})).toThrow();
  });

  it('leaves open only what the document leaves open', () => {
    const shown = parseAnswer('HTTP/1.1 200 OK\nETag: "<hash>"\n\n{"a": <number>, "b": [1]}');
    const compare = (text: string): unknown => withPlaceholders(parseAnswer(text), shown);
    expect(compare('HTTP/1.1 200 OK\nEtag: "x"\nDate: now\n\n{"a":5,"b":[1]}')).toEqual(shown);
    expect(compare('HTTP/1.1 200 OK\nEtag: x\n\n{"a":5,"b":[1]}')).not.toEqual(shown);
    expect(compare('HTTP/1.1 200 OK\nEtag: "x"\n\n{"a":5,"b":[2]}')).not.toEqual(shown);
    expect(compare('HTTP/1.1 200 OK\nEtag: "x"\nNew: 1\n\n{"a":5,"b":[1]}')).not.toEqual(shown);
    expect(compare('HTTP/1.1 200 OK\nEtag: "x"\n\n{"b":[1]}')).not.toEqual(shown);
  });

  it('compares interim answers too, and answers without a body', () => {
    const text =
      'HTTP/1.1 104 So\nLocation: http://a/v1/uploads/<id>\n\nHTTP/1.1 204 No Content\nA: b\n';
    const shown = parseAnswer(text);
    const compare = (other: string): unknown => withPlaceholders(parseAnswer(other), shown);
    const real = text.replace('<id>', 'x');
    expect(compare(`HTTP/1.1 100 Continue\n\n${real}\n`)).toEqual(shown);
    expect(uploadAddressIn(parseAnswer(real))).toBe('http://a/v1/uploads/x');
    expect(compare(real.replace('104', '103'))).not.toEqual(shown);
    expect(compare(real.replace(/^[^]*?\n\n/, ''))).not.toEqual(shown);
    expect(compare(`${real}\n{"a":1}`)).not.toEqual(shown);
  });
});

/** Writes what the examples send; gives the digest of photo.jpg as `$DIGEST`. */
async function writeExampleFiles(folder: string): Promise<string> {
  const size = { width: 64, height: 48, channels: 3 as const };
  const jpeg = async (background: string): Promise<Buffer> =>
    sharp({ create: { ...size, background } })
      .jpeg()
      .toBuffer();
  const photo = Buffer.alloc(PHOTO_BYTE_COUNT);
  // Bytes after a JPEG's end do not belong to the picture.
  (await jpeg('#3457a6')).copy(photo);
  await writeFile(join(folder, 'photo.jpg'), photo);
  await writeFile(join(folder, 'edited.jpg'), await jpeg('#a3302a'));
  await writeFile(join(folder, 'film.mov'), randomBytes(9000));
  await writePieces(folder, 'clip', 4000, 9000);
  await writePieces(folder, 'voice', 2500, 6000);
  return createHash('sha256').update(photo).digest('base64');
}

/** What is left of a file of which a part was sent. */
async function writePieces(
  folder: string,
  name: string,
  firstByteCount: number,
  byteCount: number,
): Promise<void> {
  const bytes = randomBytes(byteCount);
  await writeFile(join(folder, `${name}.first`), bytes.subarray(0, firstByteCount));
  await writeFile(join(folder, `${name}.rest`), bytes.subarray(firstByteCount));
}
