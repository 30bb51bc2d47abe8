/**
 * A key of a page, as the overlay of keys lists it. Each part of the window exports a table of its own,
 * such as `viewerShortcuts`, and `app/all-shortcuts.ts` puts the tables together.
 */
export interface Shortcut {
  /**
   * What is pressed, as `KeyboardEvent.key` names it (`ArrowLeft`, `Escape`, ` `, `g`). `Control+z` is pressed
   * together and shown as ⌘Z on a Mac; several entries are pressed one after the other.
   */
  readonly keys: readonly string[];
  /** What it does, in the page's language. */
  readonly text: string;
}
