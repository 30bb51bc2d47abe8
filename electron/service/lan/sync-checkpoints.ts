/** How far each session of an app has come in what is streamed to it. */
export interface SyncCheckpoints {
  /** Acknowledgements by what they are for. */
  of(sessionId: string): ReadonlyMap<string, string>;
  set(sessionId: string, acks: ReadonlyMap<string, string>): void;
  /** All of them where `types` is left out. */
  clear(sessionId: string, types?: readonly string[]): void;
}
