/**
 * Threads for work on files. Each sync of a disk holds one until the disk is done; with Node's usual four, as many
 * uploads that end together keep all others from being written.
 */
export const THREAD_POOL_SIZE = 16;

/**
 * Asks Node for so many threads, unless a person asked for another number. It must be called before the first work
 * on files. On Windows a process cannot ask for itself: there, who starts the service has to.
 */
export function widenThreadPool(env: NodeJS.ProcessEnv): void {
  env['UV_THREADPOOL_SIZE'] ??= String(THREAD_POOL_SIZE);
}
