/**
 * Where originals go below the library, as a person writes it: parts between `/`, with tokens in braces. The last
 * part names the file, without its extension; all before it are folders.
 */
export const DEFAULT_FOLDER_TEMPLATE = '{device}/{year}/{year}-{month}/{name}';

/** What a token stands for, of the photo's own capture time where it is one of time. */
export const TEMPLATE_TOKENS = [
  /** The device's folder. */
  'device',
  /** `2026`. */
  'year',
  /** `01` to `12`. */
  'month',
  /** `01` to `31`. */
  'day',
  /** `00` to `23`. */
  'hour',
  /** Maker and model; `Unknown camera` where the file does not say. */
  'camera',
  /** What the device calls the file, without its extension. */
  'name',
] as const;

export type TemplateToken = (typeof TEMPLATE_TOKENS)[number];

type Piece = { readonly text: string } | { readonly token: TemplateToken };

/** A template that was understood: its parts in order, each of pieces. */
export interface FolderTemplate {
  readonly text: string;
  readonly parts: readonly (readonly Piece[])[];
}

export type TemplateValues = Readonly<Record<TemplateToken, string>>;

const MAX_PARTS = 8;
const MAX_LENGTH = 200;

// eslint-disable-next-line no-control-regex -- control characters are in no name
const FORBIDDEN = /[\u0000-\u001f\u007f-\u009f<>:"\\|?*{}]/;
const RESERVED = /^(con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$|sha256sums)$/i;

/** Reads a template, or says in a sentence for a person what is wrong with it. */
export function parseTemplate(
  text: string,
): { readonly template: FolderTemplate } | { readonly problem: string } {
  if (text.trim() === '') return { problem: 'The template is empty.' };
  if (text.length > MAX_LENGTH) {
    return { problem: `The template is longer than ${MAX_LENGTH} characters.` };
  }
  const texts = text.split('/');
  if (texts.length > MAX_PARTS) return { problem: `There are more than ${MAX_PARTS} parts.` };
  const parts: Piece[][] = [];
  for (const part of texts) {
    const read = parsePart(part);
    if ('problem' in read) return read;
    parts.push(read.pieces);
  }
  const named = parts.map((pieces) => pieces.filter((piece) => isToken(piece, 'name')).length);
  if (named.pop() !== 1 || named.some((count) => count > 0)) {
    return { problem: 'The last part must have {name} in it, once, and no other part.' };
  }
  return { template: { text, parts } };
}

/** Reads a template that is known to be right. @throws Error with what is wrong with it. */
export function folderTemplate(text: string): FolderTemplate {
  const read = parseTemplate(text);
  if ('problem' in read) throw new Error(read.problem);
  return read.template;
}

function parsePart(part: string): { pieces: Piece[] } | { problem: string } {
  if (part === '') return { problem: 'There is nothing between two "/", or before or after one.' };
  const pieces: Piece[] = [];
  for (const piece of part.split(/(\{[^{}]*\})/).filter((text) => text !== '')) {
    const name = /^\{(.*)\}$/.exec(piece)?.[1];
    if (name === undefined) {
      const character = FORBIDDEN.exec(piece)?.[0];
      if (character !== undefined) return { problem: problemWith(character) };
      pieces.push({ text: piece.normalize('NFC') });
    } else {
      const token = TEMPLATE_TOKENS.find((known) => known === name);
      if (!token) return { problem: `There is no {${name}}.` };
      pieces.push({ token });
    }
  }
  // With a letter for each token: what they stand for is made safe, what stands around them is checked.
  const sample = pieces.map((piece) => ('text' in piece ? piece.text : 'x')).join('');
  if (/^[.\s]|[.\s]$/u.test(sample)) {
    return { problem: `"${part}" begins or ends with a dot or a blank.` };
  }
  if (RESERVED.test(sample.split('.')[0] ?? '')) {
    return { problem: `"${part}" is a name that is kept for something else.` };
  }
  return { pieces };
}

function problemWith(character: string): string {
  if (character === '{' || character === '}') return `A "${character}" has no counterpart.`;
  if (character === '\\') return 'Parts are separated by "/", also on Windows.';
  return character < ' ' || character >= '\u007f'
    ? 'There is a character in it that cannot be seen.'
    : `"${character}" cannot stand in a name on every computer.`;
}

function isToken(piece: Piece, token: TemplateToken): boolean {
  return 'token' in piece && piece.token === token;
}

/** The parts with values for the tokens, as they are: making them safe is the caller's work. The last one is the file's. */
export function renderTemplate({ parts }: FolderTemplate, values: TemplateValues): string[] {
  return parts.map((pieces) =>
    pieces.map((piece) => ('text' in piece ? piece.text : values[piece.token])).join(''),
  );
}

/** What to show a person as an example: a photo of a phone. */
export function templateExample(template: FolderTemplate): string {
  const parts = renderTemplate(template, {
    device: 'My iPhone',
    year: '2026',
    month: '11',
    day: '03',
    hour: '16',
    camera: 'Apple iPhone 17 Pro',
    name: 'IMG_4711',
  });
  return `${parts.join('/')}.HEIC`;
}
