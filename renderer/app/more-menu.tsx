import '../ui/menu.css';

import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';

import { appText } from '../text/app-text.ts';
import { type Icon, MoreIcon } from '../ui/icons.tsx';
import { navigate } from './navigation.ts';

/** In the bar of a narrow window: the pages that have no room of their own there. */
export function MoreMenu(props: {
  readonly destinations: readonly {
    readonly href: string;
    readonly label: string;
    readonly icon: Icon;
    readonly isCurrent: boolean;
  }[];
}) {
  const current = props.destinations.find(({ isCurrent }) => isCurrent);
  return (
    <MenuTrigger>
      <Button
        className="shell__link shell__link--narrow-only"
        {...(current && {
          'aria-current': 'page',
          'aria-label': appText.nav.moreWith(current.label),
        })}
      >
        <MoreIcon size={20} />
        {appText.nav.more}
      </Button>
      <Popover className="popover" placement="top end" offset={4}>
        <Menu className="menu" aria-label={appText.nav.more}>
          {props.destinations.map(({ href, label, icon: IconShape, isCurrent }) => (
            <MenuItem
              key={href}
              className="menu__item"
              textValue={label}
              {...(isCurrent && { 'aria-current': 'page' })}
              onAction={() => navigate(href)}
            >
              <IconShape size={20} />
              {label}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
