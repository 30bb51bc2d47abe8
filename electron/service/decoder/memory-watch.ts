import { OUT_OF_MEMORY_EXIT_CODE } from './decoder-protocol.ts';

const CHECK_EVERY_MS = 100;

/**
 * Ends this process when it holds more memory than allowed. The heap limit of Node covers JavaScript only;
 * pictures live outside of it. The decoders work on other threads, so the check runs while they do.
 */
export function watchMemory(limitByteCount: number): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > limitByteCount) process.exit(OUT_OF_MEMORY_EXIT_CODE);
  }, CHECK_EVERY_MS).unref();
}
