import { RoostError } from '../../shared/error-catalogue.ts';
import {
  WINDOW_API,
  type WindowCall,
  type WindowInput,
  type WindowOutput,
} from '../../shared/window-api.ts';
import { errorOfProblem } from './problem-answer.ts';

/** How the running service's window API is reached; the service writes this into its data folder. */
export interface WindowAddress {
  readonly windowOrigin: string;
  readonly key: string;
}

/** Every call is answered from memory or the catalog: longer means that nobody is there. */
const CALL_TIMEOUT_MS = 15_000;

/**
 * Calls the window API of the running service.
 * @throws {RoostError} the service's own refusal, or `service/not-running` when nobody answers.
 */
export async function callWindow<C extends WindowCall>(
  address: WindowAddress,
  call: C,
  input: WindowInput<C>,
): Promise<WindowOutput<C>> {
  const { method, output } = WINDOW_API[call];
  const { path, rest } = fillPath(WINDOW_API[call].path, input);
  const url = new URL(path, address.windowOrigin);
  if (method === 'GET') {
    for (const [name, value] of Object.entries(rest)) url.searchParams.set(name, String(value));
  }
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(url, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
      headers: {
        Authorization: `Bearer ${address.key}`,
        ...(method !== 'GET' && { 'Content-Type': 'application/json' }),
      },
      ...(method !== 'GET' && { body: JSON.stringify(rest) }),
    });
    body = await response.json();
  } catch (error) {
    throw new RoostError('service/not-running', undefined, { cause: error });
  }
  if (!response.ok) {
    const refusal = errorOfProblem(response.status, body);
    // Our key is that of the data folder's service: whoever refuses it is another one, at a port that was free again.
    throw refusal.code === 'auth/window-key-invalid'
      ? new RoostError('service/not-running', undefined, { cause: refusal })
      : refusal;
  }
  const parsed = output.safeParse(body);
  if (!parsed.success) {
    throw new RoostError('service/failed', `The running Roost answered ${call} in another way.`, {
      cause: parsed.error,
    });
  }
  // The schema looked up by `call` is the one whose output type is WindowOutput<C>.
  return parsed.data as WindowOutput<C>;
}

function fillPath(
  template: string,
  input: object,
): { path: string; rest: Readonly<Record<string, unknown>> } {
  const rest: Record<string, unknown> = { ...input };
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- `rest` is a fresh plain object
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return {
    path,
    rest: Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  };
}
