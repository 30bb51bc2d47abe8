import { THREAD_POOL_SIZE } from '../service/config/thread-pool.ts';

/** Turn a Node program inside Electron into something else than the service. */
const UNWANTED = ['ELECTRON_RUN_AS_NODE', 'ELECTRON_NO_ASAR', 'NODE_OPTIONS', 'NODE_V8_COVERAGE'];

/** A copy of the shell's environment for the service's process, without what would change how it runs. */
export function serviceEnvironment(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !UNWANTED.includes(entry[0]),
  );
  return { UV_THREADPOOL_SIZE: String(THREAD_POOL_SIZE), ...Object.fromEntries(kept) };
}
