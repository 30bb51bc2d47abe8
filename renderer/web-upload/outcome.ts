import { ODD_ANSWER_CODE, refusalWords } from './refusal-words.ts';

/** Longest wait an answer can ask for. */
const MAX_RETRY_AFTER_MS = 60_000;

/** Why the computer refused: in its own words (RFC 9457), or those of the page's language. */
export interface Refusal {
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly retry: 'never' | 'same' | 'later' | 'after-user';
  readonly retryAfterMs: number | undefined;
}

/** How a call went; `unreachable` is everything without an answer. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'unreachable' };

/** An answer as it came; status 0 is none. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  /** A header field by its name, `null` without. */
  readonly header: (name: string) => string | null;
}

export const NO_ANSWER: RawAnswer = { status: 0, text: '', header: () => null };

/** `read` makes a value of a success, or `undefined` of one that is none. */
export function outcomeOf<T>(
  answer: RawAnswer,
  read: (answer: RawAnswer) => T | undefined,
): Outcome<T> {
  const { status, text, header } = answer;
  if (status === 0) return { kind: 'unreachable' };
  if (status >= 200 && status < 300) {
    const value = read(answer);
    return value === undefined ? { kind: 'refused', refusal: ODD_ANSWER } : { kind: 'done', value };
  }
  return { kind: 'refused', refusal: refusalOf(parsedJson(text), header('Retry-After')) };
}

const ODD_ANSWER: Refusal = {
  code: ODD_ANSWER_CODE,
  ...refusalWords(ODD_ANSWER_CODE, {
    title: 'Something other than Roost answered.',
    detail: 'Look whether the address is still that of the computer, and load this page again.',
  }),
  retry: 'after-user',
  retryAfterMs: undefined,
};

const RETRIES: readonly string[] = ['never', 'same', 'later', 'after-user'];

function refusalOf(value: unknown, retryAfter: string | null): Refusal {
  const { code, title, detail, retry } = fieldsOf(value);
  if (
    typeof code !== 'string' ||
    typeof title !== 'string' ||
    typeof detail !== 'string' ||
    typeof retry !== 'string' ||
    !RETRIES.includes(retry)
  ) {
    return ODD_ANSWER;
  }
  const seconds = /^\d{1,4}$/.test(retryAfter ?? '') ? Number(retryAfter) : undefined;
  return {
    code,
    ...refusalWords(code, { title, detail }),
    retry: retry as Refusal['retry'],
    retryAfterMs: seconds === undefined ? undefined : Math.min(seconds * 1000, MAX_RETRY_AFTER_MS),
  };
}

/** `undefined` for what is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The members of an object; none of anything else. */
export function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
