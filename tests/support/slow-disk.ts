import type { FileSystem } from '../../electron/service/library/file-system.ts';

import { FaultyFileSystem } from './faulty-file-system.ts';

/** Whether an operation, such as `writev /library/.roost/staging/1`, has to wait. */
type Matches = (operation: string) => boolean;

/** The real file system driven by hand: operations that a test holds wait until it lets them go. */
export class SlowDisk extends FaultyFileSystem {
  readonly #held: { readonly operation: string; readonly letGo: () => void }[] = [];
  #matches: Matches = () => false;
  #onHeld: (() => void) | undefined;

  constructor(real?: FileSystem) {
    super(undefined, real);
  }

  /** Holds every operation from now on that matches; those held already stay so. */
  hold(matches: Matches): void {
    this.#matches = matches;
  }

  /** Holds the next operation that matches, and no other. */
  holdNext(matches: Matches): void {
    this.#matches = (operation) => {
      const isIt = matches(operation);
      if (isIt) this.#matches = () => false;
      return isIt;
    };
  }

  /** Operations that wait now, in the order in which they were asked for. */
  get held(): string[] {
    return this.#held.map(({ operation }) => operation);
  }

  /** Resolves once an operation waits. */
  async untilHeld(): Promise<void> {
    while (this.#held.length === 0) {
      await new Promise<void>((resolve) => (this.#onHeld = resolve));
    }
  }

  /** Lets the operation go that has waited longest. */
  letOneGo(): void {
    this.#held.shift()?.letGo();
  }

  /** Holds nothing any more. */
  letAllGo(): void {
    this.#matches = () => false;
    for (const { letGo } of this.#held.splice(0)) letGo();
  }

  protected override async act<Result>(
    operation: Parameters<FaultyFileSystem['act']>[0],
    work: () => Promise<Result>,
  ): Promise<Result> {
    const told = `${operation.name} ${operation.path}`;
    if (this.#matches(told)) {
      await new Promise<void>((letGo) => {
        this.#held.push({ operation: told, letGo });
        this.#onHeld?.();
      });
    }
    return super.act(operation, work);
  }
}
