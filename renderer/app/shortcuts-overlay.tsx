import './shortcuts-overlay.css';

import { Fragment, useState } from 'react';

import { appText } from '../text/app-text.ts';
import { shortcutText } from '../text/shortcut-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { Shortcut } from '../ui/shortcut.ts';
import { GO_KEYS, shortcutGroupsFor } from './all-shortcuts.ts';
import { navigate } from './navigation.ts';
import type { Route } from './routes.ts';
import { useKeys } from './use-keys.ts';

/** The keys that count on every page, and `?`, which lists all there are. */
export function ShortcutsOverlay({ view }: { readonly view: Route['view'] }) {
  const [isOpen, setIsOpen] = useState(false);
  useKeys({
    '?': () => setIsOpen(true),
    ...Object.fromEntries(GO_KEYS.map(({ keys, href }) => [keys.join(' '), () => navigate(href)])),
  });
  return (
    <>
      <Button small variant="quiet" aria-keyshortcuts="?" onPress={() => setIsOpen(true)}>
        {shortcutText.title}
      </Button>
      <Dialog
        wide
        title={shortcutText.title}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        closeLabel={appText.close}
      >
        <p className="quiet small">{shortcutText.hint}</p>
        {shortcutGroupsFor(view).map(({ title, shortcuts }) => (
          <section key={title} className="shortcuts" aria-label={title}>
            <h3>{title}</h3>
            <dl className="shortcuts__list">
              {byText(shortcuts).map(([text, ways]) => (
                <div key={text} className="shortcut">
                  <dt>{text}</dt>
                  <dd className="shortcut__ways">
                    {ways.map((keys) => (
                      <span key={keys.join(' ')}>
                        <Keys keys={keys} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </Dialog>
    </>
  );
}

/** What one and the other key do alike stands in one line. */
function byText(shortcuts: readonly Shortcut[]): readonly [string, Shortcut['keys'][]][] {
  const ways = new Map<string, Shortcut['keys'][]>();
  for (const { keys, text } of shortcuts) ways.set(text, [...(ways.get(text) ?? []), keys]);
  return [...ways];
}

function Keys({ keys }: { readonly keys: readonly string[] }) {
  return keys.map((together, index) => (
    <Fragment key={together}>
      {index > 0 && <span className="quiet small"> {shortcutText.then} </span>}
      {(together === '+' ? ['+'] : together.split('+')).map((key) => (
        <kbd key={key} className="key">
          {keyWords(key)}
        </kbd>
      ))}
    </Fragment>
  ));
}

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

function keyWords(key: string): string {
  if (isMac && key === 'Control') return '⌘';
  const named = Object.hasOwn(shortcutText.keys, key) ? shortcutText.keys[key] : undefined;
  return named ?? (key.length === 1 ? key.toUpperCase() : key);
}
