import '../ui/menu.css';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';

import type { Facet } from '../../shared/window-views.ts';
import { formatCount } from '../text/format.ts';
import { searchText } from '../text/search-text.ts';
import { ChevronDownIcon } from '../ui/icons.tsx';

/** A chip that opens a list of values with how many photos have each; nothing where there is none to choose. */
export function FacetMenu(props: {
  readonly name: string;
  readonly values: readonly Facet[];
  readonly words: (value: string) => string;
  readonly onChoose: (value: string) => void;
}) {
  const { name, values, words, onChoose } = props;
  const [isOpen, setIsOpen] = useState(false);
  const chosen = useRef<string>(undefined);
  const choose = useEffectEvent(onChoose);
  useEffect(() => {
    // Not before the list is gone: until then it holds the focus, which is to go to what was chosen.
    const value = chosen.current;
    if (value === undefined || isOpen) return;
    chosen.current = undefined;
    choose(value);
  }, [isOpen]);
  if (values.length === 0) return null;
  return (
    <li>
      <MenuTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
        <Button className="chip">
          {name}
          <ChevronDownIcon size={14} />
        </Button>
        <Popover className="popover search__popover" offset={4} placement="bottom start">
          <Menu
            className="menu"
            aria-label={name}
            items={values.map(({ value, count }) => ({ id: value, count }))}
            onAction={(key) => {
              chosen.current = String(key);
            }}
          >
            {({ id, count }) => (
              <MenuItem
                className="menu__item"
                textValue={words(id)}
                aria-label={searchText.withCount(words(id), count)}
              >
                <span className="search__label">{words(id)}</span>
                <span className="quiet small">{formatCount(count)}</span>
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
    </li>
  );
}
