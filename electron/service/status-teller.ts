import { isDeepStrictEqual } from 'node:util';

import type { ServiceStatus } from './config/service-config.ts';
import type { LibraryStatus } from './library/library-keeper.ts';

export interface StatusTellerParts {
  readonly uploadCount: () => number;
  readonly library: () => LibraryStatus;
  readonly tell: (status: ServiceStatus) => void;
}

/**
 * Tells the host how the service does: whenever an upload begins or ends, or the library becomes another, until
 * the last upload has ended while the service closes.
 */
export class StatusTeller implements Disposable {
  readonly #parts: StatusTellerParts;
  #told: ServiceStatus | undefined;
  #closed = false;

  constructor(parts: StatusTellerParts) {
    this.#parts = parts;
  }

  /** Tells what there is to tell that was not told yet. */
  changed(): void {
    if (this.#closed) return;
    const { state, problem } = this.#parts.library();
    const status: ServiceStatus = {
      liveUploadCount: this.#parts.uploadCount(),
      libraryState: state,
      ...(problem && { libraryProblem: problem.code }),
    };
    if (isDeepStrictEqual(status, this.#told)) return;
    this.#told = status;
    this.#parts.tell(status);
  }

  [Symbol.dispose](): void {
    this.#closed = true;
  }
}
