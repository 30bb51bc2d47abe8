/** Wrong passwords that cost nothing: people mistype. */
export const FREE_TRIES = 4;
const FIRST_PAUSE_MS = 2_000;
const MAX_PAUSE_MS = 60_000;
/** So many addresses and names are remembered, those that guessed last. */
const MAX_REMEMBERED = 2_000;

/**
 * How long an address has to wait before it may try a name again. Each address waits for itself: who guesses from
 * somewhere does not keep out who logs in from elsewhere. Names that are not there are paused like those that are.
 */
export class GuessPauses {
  readonly #guesses = new Map<string, { readonly count: number; readonly until: number }>();

  /** `now` in ms UTC, as everywhere here. */
  isPaused(address: string, name: string, now: number): boolean {
    const leftMs = (this.#guesses.get(keyOf(address, name))?.until ?? 0) - now;
    // More is left than any pause lasts where the clock was set back.
    return leftMs > 0 && leftMs <= MAX_PAUSE_MS;
  }

  /** The next pause of this address is twice as long, once it had its free tries. */
  noteWrong(address: string, name: string, now: number): void {
    const key = keyOf(address, name);
    const count = (this.#guesses.get(key)?.count ?? 0) + 1;
    const pauses = count - FREE_TRIES;
    const pauseMs = pauses > 0 ? Math.min(FIRST_PAUSE_MS * 2 ** (pauses - 1), MAX_PAUSE_MS) : 0;
    this.#guesses.delete(key);
    this.#guesses.set(key, { count, until: now + pauseMs });
    const [oldest] = this.#guesses.keys();
    if (oldest !== undefined && this.#guesses.size > MAX_REMEMBERED) this.#guesses.delete(oldest);
  }

  noteRight(address: string, name: string): void {
    this.#guesses.delete(keyOf(address, name));
  }

  /** Lets every address try a name at once: it has another password, or another device. */
  forget(name: string): void {
    for (const key of this.#guesses.keys()) if (key.endsWith(` ${name}`)) this.#guesses.delete(key);
  }
}

/** The same for one address however the listener heard of it: of both families it tells IPv4 in the form of IPv6. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:/, '');
}

function keyOf(address: string, name: string): string {
  return `${plainAddress(address)} ${name}`;
}
