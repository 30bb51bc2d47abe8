import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import type { DeviceView, Facets } from '../../shared/window-views.ts';
import { formatCount } from '../text/format.ts';
import { searchText } from '../text/search-text.ts';
import { shortcutText } from '../text/shortcut-text.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { CloseIcon, SearchIcon } from '../ui/icons.tsx';
import { dateContextNow } from './date-context.ts';
import { suggestionsFor, withText } from './suggestions.ts';

/**
 * The text that is looked for, with what it may mean below it. Enter searches, as is said beside it; a date in the text becomes a filter of
 * its own then, and the rest stays here. `/` leads here from anywhere in the view, Escape empties it and leads away.
 */
export function SearchField(props: {
  readonly filter: AssetFilter;
  readonly facets: Facets | undefined;
  readonly devices: readonly DeviceView[];
  readonly isCovered: boolean;
  readonly onUse: () => void;
  readonly onSearch: (filter: AssetFilter) => void;
}) {
  const { filter, facets, devices, isCovered, onUse, onSearch } = props;
  const searched = filter.q ?? '';
  const [text, setText] = useState(searched);
  const [lastSearched, setLastSearched] = useState(searched);
  const [isOpen, setIsOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  useSlashKey(input, isCovered);
  if (searched !== lastSearched) {
    setLastSearched(searched);
    setText(searched);
  }

  const suggestions = isOpen
    ? suggestionsFor(text, filter, { facets, devices, context: dateContextNow() })
    : [];
  const active = suggestions[chosen];

  function search(next: AssetFilter): void {
    setIsOpen(false);
    setChosen(-1);
    setText(next.q ?? '');
    onSearch(next);
  }
  function clear(): void {
    search(withText(filter, '', dateContextNow()));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const count = suggestions.length;
    if (event.key === 'ArrowDown' && count > 0) setChosen((chosen + 1) % count);
    else if (event.key === 'ArrowUp' && count > 0) setChosen(chosen <= 0 ? count - 1 : chosen - 1);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      search(active?.filter ?? withText(filter, text, dateContextNow()));
    } else if (event.key === 'Escape') {
      // First the list, then the text, then the field: one thing at a time.
      if (count > 0) setIsOpen(false);
      else if (text !== '') clear();
      else input.current?.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div
      className="search__field"
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setIsOpen(false);
      }}
    >
      <SearchIcon size={18} className="search__icon" />
      <input
        ref={input}
        className="search__input"
        type="text"
        role="combobox"
        inputMode="search"
        enterKeyHint="search"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={200}
        placeholder={searchText.placeholder}
        aria-label={searchText.label}
        aria-keyshortcuts="/"
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls={listId}
        aria-activedescendant={active && `${listId}-${chosen}`}
        value={text}
        onFocus={onUse}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setIsOpen(true);
          setChosen(-1);
        }}
      />
      {text.trim() !== '' && text !== searched && (
        <button
          type="button"
          className="search__go"
          aria-label={searchText.go}
          onClick={() => search(withText(filter, text, dateContextNow()))}
        >
          {searchText.go}
          <kbd>{shortcutText.keys['Enter']}</kbd>
        </button>
      )}
      {text !== '' && (
        <IconButton label={searchText.clear} icon={CloseIcon} size={16} onPress={clear} />
      )}
      <ul
        id={listId}
        className="search__list"
        role="listbox"
        aria-label={searchText.suggestions}
        hidden={suggestions.length === 0}
      >
        {suggestions.map(({ key, label, group, count, filter: next }, at) => (
          <li
            key={key}
            id={`${listId}-${at}`}
            role="option"
            aria-selected={at === chosen}
            className={classNames('search__option', at === chosen && 'search__option--active')}
            // The field keeps the focus, and with it the list.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setChosen(at)}
            onClick={() => search(next)}
          >
            <span className="search__group">{group}</span>
            <span className="search__label">{label}</span>
            {count !== undefined && <span className="quiet small">{formatCount(count)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function useSlashKey(
  input: { readonly current: HTMLInputElement | null },
  isCovered: boolean,
): void {
  useEffect(() => {
    if (isCovered) return;
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const { target } = event;
      const isTyping =
        target instanceof HTMLElement &&
        target.matches('input, textarea, select, [contenteditable]');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('[role="dialog"]') !== null) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [input, isCovered]);
}
