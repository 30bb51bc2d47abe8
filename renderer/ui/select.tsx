import './field.css';
import './menu.css';

import { Button } from 'react-aria-components/Button';
import { Label } from 'react-aria-components/Label';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';

import { classNames } from './class-names.ts';
import { CheckIcon, ChevronDownIcon } from './icons.tsx';

export interface SelectOption<Id extends string> {
  readonly id: Id;
  readonly label: string;
}

/** Picks one of a few; `inline` puts the label before the control, as filters do. */
export function Select<Id extends string>(props: {
  readonly label: string;
  readonly options: readonly SelectOption<Id>[];
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly inline?: boolean;
  readonly isDisabled?: boolean;
}) {
  const { label, options, value, onChange, inline } = props;
  return (
    <AriaSelect
      className={classNames('field', inline === true && 'field--inline')}
      value={value}
      isDisabled={props.isDisabled ?? false}
      onChange={(key) => {
        const chosen = options.find((option) => option.id === key);
        if (chosen) onChange(chosen.id);
      }}
    >
      <Label className="field__label">{label}</Label>
      <Button className="field__select">
        <SelectValue />
        <ChevronDownIcon size={16} />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox className="menu">
          {options.map((option) => (
            <ListBoxItem
              key={option.id}
              id={option.id}
              className="menu__item"
              textValue={option.label}
            >
              {({ isSelected }) => (
                <>
                  {option.label}
                  {isSelected && <CheckIcon className="menu__check" size={16} />}
                </>
              )}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
