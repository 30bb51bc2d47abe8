import { Exports, type ExportsParts } from './export/exports.ts';
import { TrashEmptier, type TrashEmptierParts } from './filing/trash-emptier.ts';
import type { Scrub } from './scrub/scrub.ts';
import type { Pictures } from './start-pictures.ts';
import type { EventHub } from './window-api/event-hub.ts';

export interface ActionsParts
  extends
    Pick<TrashEmptierParts, 'catalog' | 'clock' | 'log' | 'session' | 'emptyAfterDays'>,
    Pick<ExportsParts, 'pathOf' | 'ownFolders' | 'isLibraryPresent'> {
  readonly scrub: Pick<Scrub, 'note'>;
  /** Takes away what was made of bytes that are not kept any more. */
  readonly pictures: Pick<Pictures, 'forget'>;
  readonly hub: Pick<EventHub, 'send'>;
}

/** What a person does with photos that takes its time. */
export interface Actions {
  readonly emptier: TrashEmptier;
  readonly exports: Exports;
  close(): Promise<void>;
}

export function startActions(parts: ActionsParts): Actions {
  const { scrub, pictures, hub } = parts;
  const emptier = new TrashEmptier({
    ...parts,
    onGone: (sha256) => void pictures.forget(sha256),
    onChange: () => hub.send({ type: 'filing' }),
  });
  const exports = new Exports({
    ...parts,
    requireLibrary: () => void parts.session(),
    onReread: (receipt, finding) => scrub.note(receipt, finding),
    onChange: (exports) => hub.send({ type: 'exports', exports }),
  });
  return {
    emptier,
    exports,
    close: async () => {
      await Promise.all([emptier.close(), exports.close()]);
    },
  };
}
