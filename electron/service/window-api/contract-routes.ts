import express, { Router } from 'express';

import { RoostError } from '../../../shared/error-catalogue.ts';
import {
  WINDOW_API,
  type WindowCall,
  type WindowOutput,
  type WindowParsedInput,
} from '../../../shared/window-api.ts';

/** One handler for each call of the contract; a missing one does not compile. */
export type WindowHandlers = {
  readonly [Call in WindowCall]: (
    input: WindowParsedInput<Call>,
    /** Aborted when nobody waits for the answer any more. */
    gone: AbortSignal,
  ) => WindowOutput<Call> | Promise<WindowOutput<Call>>;
};

const MAX_BODY_BYTES = 64 * 1024;

/** Puts the whole contract on a router: inputs are parsed before a handler sees them. */
export function contractRoutes(handlers: WindowHandlers): Router {
  const router = Router({ caseSensitive: true });
  for (const call of Object.keys(WINDOW_API) as WindowCall[]) {
    const facts = WINDOW_API[call];
    const { method, path } = facts;
    const limit = 'maxBodyByteCount' in facts ? facts.maxBodyByteCount : MAX_BODY_BYTES;
    const body = express.json({ limit, strict: true });
    const route = router.route(path);
    const verb = method.toLowerCase() as 'get' | 'post' | 'patch' | 'delete';
    route[verb](body, async (request, response) => {
      const told = method === 'GET' ? request.query : ((request.body ?? {}) as object);
      response.set('cache-control', 'no-store');
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      try {
        response.json(await answer(handlers, call, { ...told, ...request.params }, gone.signal));
      } catch (error) {
        // Only what was broken off for nobody's sake is nobody's news.
        if (error !== gone.signal.reason) throw error;
      }
    });
  }
  return router;
}

async function answer<Call extends WindowCall>(
  handlers: WindowHandlers,
  call: Call,
  told: unknown,
  gone: AbortSignal,
): Promise<WindowOutput<Call>> {
  const parsed = WINDOW_API[call].input.safeParse(told);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new RoostError(
      'request/invalid',
      issue ? `${issue.path.join('.') || 'input'}: ${issue.message}.` : undefined,
    );
  }
  return handlers[call](parsed.data as WindowParsedInput<Call>, gone);
}
