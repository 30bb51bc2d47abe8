/** An HTTP answer as `curl -i` prints it and as the document shows it. */
export interface HttpAnswer {
  readonly status: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What belongs to the connection or the moment and not to the protocol. */
const UNSPOKEN = ['date', 'connection', 'keep-alive', 'content-length'];

/** @throws Error when the text is no answer */
export function parseAnswer(text: string): HttpAnswer {
  // Interim answers such as "100 Continue" stand before the real one.
  const final = text.replaceAll('\r\n', '\n').replace(/^(HTTP\/1\.1 1\d\d [^\n]*\n\n)+/, '');
  const [head = '', ...bodyParts] = final.split('\n\n');
  const [status = '', ...lines] = head.split('\n');
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(': ');
    if (at < 0) throw new Error(`Not a header: ${line}`);
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)];
  });
  return {
    status,
    headers: Object.fromEntries(headers.filter(([name]) => !UNSPOKEN.includes(name))),
    body: JSON.parse(quotedPlaceholders(bodyParts.join('\n\n'))),
  };
}

/**
 * An answer with everything that the document leaves open (`<…>`) replaced by the document's own words, so that
 * the two can be compared as a whole.
 */
export function withPlaceholders(actual: unknown, shown: unknown): unknown {
  if (typeof shown === 'string' && shown.includes('<')) {
    return matches(String(actual), shown) ? shown : actual;
  }
  if (Array.isArray(actual) && Array.isArray(shown)) {
    return actual.map((each: unknown, at) => withPlaceholders(each, shown[at]));
  }
  if (isRecord(actual) && isRecord(shown)) {
    return Object.fromEntries(
      Object.entries(actual).map(([name, each]) => [name, withPlaceholders(each, shown[name])]),
    );
  }
  return actual;
}

function matches(actual: string, shown: string): boolean {
  const parts = shown
    .split(/<[^>]+>/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.+')}$`, 's').test(actual);
}

/** `"byteCount": <byte count>` is no JSON until it is quoted. */
function quotedPlaceholders(text: string): string {
  return text.replaceAll(/: (<[^>"]+>)/g, ': "$1"');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
