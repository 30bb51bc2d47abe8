import { z } from 'zod';

import type { OriginalOutcome, ShellCalls } from '../../shared/shell-bridge.ts';
import { WINDOW_API } from '../../shared/window-api.ts';

/** A service that does not answer within this is as good as away. */
const ANSWER_WITHIN_MS = 10_000;

type OriginalCall = 'original.open' | 'original.show-in-folder';

export interface OriginalCallsParts {
  /** Address that signs in to the service; absent while it is away. */
  readonly windowUrl: () => string | undefined;
  readonly fetch: (address: URL, init: RequestInit) => Promise<Response>;
  /** Electron's: resolves to words about a failure, or to nothing. */
  readonly openPath: (path: string) => Promise<string>;
  readonly showItemInFolder: (path: string) => void;
  readonly log: { readonly warn: (facts: object, text: string) => void };
}

const place = WINDOW_API['original.place'];
type Place = z.infer<typeof place.output>;

/**
 * Opening originals and showing them in their folder. A page tells a receipt and never a path; where that lies and
 * whether it may be opened at all says the service.
 */
export function originalCalls(
  parts: OriginalCallsParts,
): Record<OriginalCall, (told: unknown) => ReturnType<ShellCalls[OriginalCall]>> {
  async function withPlace(
    told: unknown,
    use: (found: Place) => OriginalOutcome | Promise<OriginalOutcome>,
  ): Promise<OriginalOutcome> {
    const receiptId = z.uuid().safeParse(told);
    if (!receiptId.success) return 'missing';
    try {
      const found = await placeOf(parts, receiptId.data);
      return found === undefined ? 'missing' : await use(found);
    } catch (error) {
      parts.log.warn({ err: error }, 'an original could not be handed to the system');
      return 'failed';
    }
  }

  return {
    'original.open': (told) =>
      withPlace(told, async ({ path, isOpenable }) => {
        if (!isOpenable) return 'refused';
        const problem = await parts.openPath(path);
        if (problem === '') return 'done';
        parts.log.warn({ problem }, 'the system could not open an original');
        return 'failed';
      }),
    'original.show-in-folder': (told) =>
      withPlace(told, ({ path }) => {
        parts.showItemInFolder(path);
        return 'done';
      }),
  };
}

async function placeOf(
  { windowUrl, fetch: ask }: OriginalCallsParts,
  receiptId: string,
): Promise<Place | undefined> {
  const address = windowUrl();
  if (address === undefined) return undefined;
  const { origin, searchParams } = new URL(address);
  const answer = await ask(new URL(place.path.replace(':receiptId', receiptId), origin), {
    headers: { authorization: `Bearer ${searchParams.get('key') ?? ''}` },
    redirect: 'error',
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  return answer.ok ? place.output.parse(await answer.json()) : undefined;
}
