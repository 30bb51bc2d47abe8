import './menu.css';

import { Menu as AriaMenu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';

import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { type Icon, MoreIcon } from './icons.tsx';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: Icon;
  readonly isDanger?: boolean;
  readonly isDisabled?: boolean;
  readonly onAction: () => void;
}

/** A button with an icon that opens a short list of actions. */
export function Menu(props: {
  readonly label: string;
  readonly icon?: Icon;
  readonly actions: readonly MenuAction[];
}) {
  return (
    <MenuTrigger>
      <IconButton label={props.label} icon={props.icon ?? MoreIcon} />
      <Popover className="popover" placement="bottom end" offset={4}>
        <AriaMenu className="menu" aria-label={props.label}>
          {props.actions.map(({ id, label, icon: IconShape, isDanger, isDisabled, onAction }) => (
            <MenuItem
              key={id}
              id={id}
              className={classNames('menu__item', isDanger && 'menu__item--danger')}
              textValue={label}
              isDisabled={isDisabled ?? false}
              onAction={onAction}
            >
              {IconShape && <IconShape size={18} />}
              {label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
