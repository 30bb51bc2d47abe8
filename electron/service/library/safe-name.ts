/**
 * Names that Windows, macOS and Linux all take, made from text nobody can be trusted with.
 * Sources: Microsoft "Naming Files, Paths, and Namespaces"; 255 bytes UTF-8 is the limit of ext4 and APFS.
 */

/** Leaves room below the 255 byte limit for " (2147483647)" and whatever else is added to tell names apart. */
const MAX_NAME_BYTES = 200;
const MAX_EXTENSION_LENGTH = 16;
const FALLBACK = 'unnamed';

/** Windows keeps these names for devices, with any extension and any case. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i;

/**
 * Control characters, separators and what Windows forbids; also characters that make a name read as another:
 * bidirectional controls, zero-width characters, line separators, and unpaired surrogates.
 */
const FORBIDDEN =
  // eslint-disable-next-line no-control-regex -- control characters are exactly what must go
  /[\u0000-\u001f\u007f-\u009f<>:"/\\|?*\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]|\p{Noncharacter_Code_Point}|\p{Cs}/gu;

/**
 * A safe file name (one path part) for what a device calls its file: NFC, no separators, not reserved, not
 * hidden, no trailing dots or blanks, at most 200 bytes with the extension kept. Never empty.
 */
export function safeFileName(told: string): string {
  // Only the last part of something that looks like a path can be the name.
  const last = told.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  return safePart(last);
}

/**
 * A safe folder name, for example of a device. Separators become `_`, unlike in file names. `ROOST~1` would be
 * the name that Windows itself gives `.roost` for old programs, so no folder keeps a `~` before a digit.
 */
export function safeFolderName(told: string): string {
  return safePart(told.replace(/~(?=\d)/g, '_'));
}

function safePart(text: string): string {
  // A bound before any other work: NFC may triple the length of hostile text.
  const cleaned = trimEnds(text.slice(0, 4096).normalize('NFC').replace(FORBIDDEN, '_'));
  // A cut may leave an extension, or an end, that the whole name did not have: each round makes it shorter.
  let name = cleaned;
  for (let next = safeOnce(name); next !== name; next = safeOnce(name)) name = next;
  return name;
}

/** Names that Roost keeps for itself in every folder. */
const OWN_NAME = /^sha256sums$/i;

function safeOnce(name: string): string {
  if (OWN_NAME.test(name)) return `_${name}`;
  const { stem, extension } = splitExtension(name);
  // Cut before the look at reserved names: a cut may leave one.
  const named = suffixedName(trimEnds(stem), '', '') || FALLBACK;
  return suffixedName(RESERVED.test(firstOf(named)) ? `_${named}` : named, '', extension);
}

/** `stem`, shortened where it must be, with an ending such as ` (edited)` and an extension; at most 200 bytes. */
export function suffixedName(stem: string, suffix: string, extension: string): string {
  const room = MAX_NAME_BYTES - Buffer.byteLength(suffix) - Buffer.byteLength(extension);
  return `${trimEnds(cutToBytes(stem, room))}${suffix}${extension}`;
}

/** Room for an extension, ` (edited)` and ` (9999)`. */
const MAX_STEM_BYTES = MAX_NAME_BYTES - MAX_EXTENSION_LENGTH - 16;

/** A stem so short that every file of its asset can have all of it. */
export function shortStem(stem: string): string {
  return trimEnds(cutToBytes(stem, MAX_STEM_BYTES));
}

/** `IMG.tar.gz` is reserved-checked by what stands before its first dot, as Windows does. */
function firstOf(stem: string): string {
  return (stem.split('.')[0] ?? stem).trimEnd();
}

function trimEnds(text: string): string {
  return text.replace(/^[\s.]+/u, '').replace(/[\s.]+$/u, '');
}

/** Splits `IMG_1.HEIC` into `IMG_1` and `.HEIC`; an extension is short and has no blanks. */
export function splitExtension(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = name.slice(dot);
  if (
    dot <= 0 ||
    extension.length < 2 ||
    extension.length > MAX_EXTENSION_LENGTH ||
    /\s/u.test(extension)
  ) {
    return { stem: name, extension: '' };
  }
  return { stem: name.slice(0, dot), extension };
}

function cutToBytes(text: string, maxBytes: number): string {
  let byteCount = 0;
  let cut = '';
  for (const character of text) {
    byteCount += Buffer.byteLength(character);
    if (byteCount > maxBytes) return cut;
    cut += character;
  }
  return cut;
}

/** What the edited files of an asset have behind its stem. */
export const EDITED_SUFFIX = ' (edited)';

/** `IMG_1` of `IMG_1.HEIC`, of `IMG_1.MOV` and of `IMG_1 (edited).HEIC`. */
export function stemOf(name: string): string {
  return splitName(name).stem;
}

/** A name as the stem of its asset, its mark as an edited file or nothing, and its extension. */
export function splitName(name: string): { stem: string; suffix: string; extension: string } {
  const { stem, extension } = splitExtension(name);
  const isEdited = stem.length > EDITED_SUFFIX.length && stem.toLowerCase().endsWith(EDITED_SUFFIX);
  const end = isEdited ? stem.length - EDITED_SUFFIX.length : stem.length;
  return { stem: stem.slice(0, end), suffix: stem.slice(end), extension };
}

/**
 * The name of the `attempt`-th try at a taken name: `IMG_1 (2).HEIC` for the second, and `IMG_1 (2) (edited).HEIC`,
 * so that all files of an asset can have one stem.
 */
export function numberedName(name: string, attempt: number): string {
  if (attempt <= 1) return name;
  const { stem, suffix, extension } = splitName(name);
  return `${stem} (${attempt})${suffix}${extension}`;
}
