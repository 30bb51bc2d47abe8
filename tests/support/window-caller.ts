import {
  WINDOW_API,
  type WindowCall,
  type WindowInput,
  type WindowOutput,
} from '../../shared/window-api.ts';

/** Calls a running service's window API as the CLI does, with the key of its sign-in address. */
export class WindowCaller {
  readonly #origin: string;
  readonly #key: string;

  constructor(windowUrl: string) {
    const url = new URL(windowUrl);
    this.#origin = url.origin;
    this.#key = url.searchParams.get('key') ?? '';
  }

  async call<Call extends WindowCall>(
    call: Call,
    input: WindowInput<Call>,
  ): Promise<WindowOutput<Call>> {
    const { method, path, output } = WINDOW_API[call];
    const rest = new Map(Object.entries(input));
    const filled = path.replace(/:(\w+)/g, (_, name: string) => {
      const value = String(rest.get(name));
      rest.delete(name);
      return encodeURIComponent(value);
    });
    const url = new URL(filled, this.#origin);
    if (method === 'GET') {
      for (const [name, value] of rest) url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
      ...(method !== 'GET' && { body: JSON.stringify(Object.fromEntries(rest)) }),
    });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${call}: ${response.status} ${JSON.stringify(body)}`);
    return output.parse(body) as WindowOutput<Call>;
  }

  /** An authorised GET of any path of the window's listener. */
  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(new URL(path, this.#origin), {
      headers: { ...headers, authorization: `Bearer ${this.#key}` },
    });
  }
}
