import { z } from 'zod';

import { isErrorCode, RoostError } from '../../shared/error-catalogue.ts';
import {
  WINDOW_API,
  type WindowCall,
  type WindowInput,
  type WindowOutput,
} from '../../shared/window-api.ts';

/** Longest wait for an answer before the service counts as not running. */
const ANSWER_WITHIN_MS = 30_000;

const problemSchema = z.object({ code: z.string(), detail: z.string().optional() });

/**
 * Calls the service and gives its answer, parsed. Throws a RoostError: the service's own code where it
 * answered with a problem, `service/not-running` where nothing answered, `service/failed` where the answer
 * was not what the contract says. An abort by the caller's `signal` throws as it is.
 */
export async function callService<C extends WindowCall>(
  call: C,
  input: WindowInput<C>,
  signal?: AbortSignal,
): Promise<WindowOutput<C>> {
  const { method, path, output } = WINDOW_API[call];
  const { url, body } = requestOf(method, path, input);
  const response = await send(url, method, body, signal);
  const answer = await readJson(response, signal);
  if (!response.ok) throw problemError(answer, response.status);
  const parsed = output.safeParse(answer);
  if (!parsed.success) {
    throw new RoostError('service/failed', `The answer to ${call} was not understood.`, {
      cause: parsed.error,
    });
  }
  // The map ties each call to its output schema; TypeScript cannot follow that through an index.
  return parsed.data as WindowOutput<C>;
}

interface CallRequest {
  readonly url: string;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

/** Puts the input where the contract says: `:name` parts of the path, then the query of a GET or the body. */
export function requestOf(method: string, path: string, input: object): CallRequest {
  const rest = new Map<string, unknown>(
    Object.entries(input).filter(([, value]) => value !== undefined),
  );
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => {
    const value = rest.get(name);
    rest.delete(name);
    return encodeURIComponent(String(value));
  });
  if (method !== 'GET') {
    return { url: filled, body: method === 'DELETE' ? undefined : Object.fromEntries(rest) };
  }
  const query = new URLSearchParams([...rest].map(([name, value]) => [name, String(value)]));
  return { url: query.size === 0 ? filled : `${filled}?${query.toString()}`, body: undefined };
}

async function send(
  url: string,
  method: string,
  body: CallRequest['body'],
  signal: AbortSignal | undefined,
): Promise<Response> {
  const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
  try {
    return await fetch(url, {
      method,
      redirect: 'error',
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      headers: { Accept: 'application/json', ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw new RoostError('service/not-running', undefined, { cause: error });
  }
}

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    signal?.throwIfAborted();
    throw new RoostError('service/not-running', undefined, { cause: error });
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemError(answer: unknown, status: number): RoostError {
  const problem = problemSchema.safeParse(answer);
  if (problem.success && isErrorCode(problem.data.code)) {
    return new RoostError(problem.data.code, problem.data.detail);
  }
  return new RoostError('service/failed', `The service answered with status ${status}.`);
}
