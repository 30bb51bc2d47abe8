/** An HTTP answer as `curl -i` prints it and as the document shows it. */
export interface HttpAnswer {
  /** Those before it, such as 104; not "100 Continue", which depends on the client. */
  readonly interims: readonly AnswerHead[];
  readonly status: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** `undefined` where there is none, as after HEAD. */
  readonly body: unknown;
}

interface AnswerHead {
  readonly status: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What belongs to the connection or the moment and not to the protocol. */
const UNSPOKEN = ['date', 'connection', 'keep-alive', 'content-length'];

/** @throws Error when the text is no answer */
export function parseAnswer(text: string): HttpAnswer {
  let rest = text.replaceAll('\r\n', '\n');
  const interims: AnswerHead[] = [];
  for (;;) {
    const [head = '', ...more] = rest.split('\n\n');
    const parsed = parseHead(head);
    rest = more.join('\n\n');
    if (!/^HTTP\/1\.1 1\d\d /.test(parsed.status)) {
      const body: unknown = rest.trim() === '' ? undefined : JSON.parse(quotedPlaceholders(rest));
      return { interims, ...parsed, body };
    }
    if (!parsed.status.startsWith('HTTP/1.1 100 ')) interims.push(parsed);
  }
}

/** The address of an upload that an answer tells, before or after the body has come. */
export function uploadAddressIn({ interims, headers }: HttpAnswer): string | undefined {
  return [headers, ...interims.map((interim) => interim.headers)]
    .map(({ location }) => location)
    .find((location) => location?.includes('/v1/uploads/'));
}

function parseHead(text: string): AnswerHead {
  const [status = '', ...lines] = text.trim().split('\n');
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(': ');
    if (at < 0) throw new Error(`Not a header: ${line}`);
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)];
  });
  return {
    status,
    headers: Object.fromEntries(headers.filter(([name]) => !UNSPOKEN.includes(name))),
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
