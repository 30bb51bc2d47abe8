/** Letters that Unicode does not take apart into a letter and a mark. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
};

// eslint-disable-next-line no-control-regex -- the range of ASCII
const ASCII = /^[\u0000-\u007f]*$/;

/** Text as it is searched: small letters without accents, so that `Zürich` is found by `zurich` and the other way round. */
export function foldText(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[ßæœøłđı]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** Part of a typed text: a word, or several in quotation marks, which belong together and are never taken for a date. */
export interface SearchToken {
  readonly text: string;
  readonly isQuoted: boolean;
}

const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '“',
  '«': '»',
  '»': '«',
};
const TOKEN = /["“„«»]|[^\s"“„«»]+/gu;

/** Takes a typed text apart. A quotation that is not closed goes to the end. */
export function searchTokens(text: string): SearchToken[] {
  const tokens: SearchToken[] = [];
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) break;
    const [found] = match;
    const closing = CLOSING[found];
    const start = match.index + found.length;
    if (closing === undefined) {
      tokens.push({ text: found, isQuoted: false });
      at = start;
      continue;
    }
    const end = endOfQuotation(text, start, closing);
    const quoted = text.slice(start, end).trim().replace(/\s+/g, ' ');
    if (quoted !== '') tokens.push({ text: quoted, isQuoted: true });
    at = end + 1;
  }
  return tokens;
}

function endOfQuotation(text: string, start: number, closing: string): number {
  // English and German close with the same mark that the other opens with.
  const ends = [closing, '"', ...(closing === '“' ? ['”'] : [])]
    .map((mark) => text.indexOf(mark, start))
    .filter((end) => end >= 0);
  return ends.length === 0 ? text.length : Math.min(...ends);
}

/** Text that `searchTokens` reads back as these tokens. */
export function tokensAsText(tokens: readonly SearchToken[]): string {
  return tokens.map(({ text, isQuoted }) => (isQuoted ? `"${text}"` : text)).join(' ');
}

/** As many words are looked for; what is typed behind them is left out. */
const MAX_TERMS = 8;

/** What has to be found, each of it, for a free text: folded words and quoted phrases, each once. */
export function searchTerms(q: string): string[] {
  const terms = searchTokens(q).map(({ text }) => foldText(text));
  return [...new Set(terms)].slice(0, MAX_TERMS);
}
