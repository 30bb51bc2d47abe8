import './field.css';

import { SwitchButton, SwitchField } from 'react-aria-components/Switch';

/** A setting that is on or off; the label and an optional hint stand before the track. */
export function Switch(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
}) {
  return (
    <SwitchField
      isSelected={props.isSelected}
      onChange={props.onChange}
      isDisabled={props.isDisabled ?? false}
    >
      <SwitchButton className="switch">
        <span className="switch__text">
          <span className="field__label">{props.label}</span>
          {props.hint !== undefined && <span className="quiet small">{props.hint}</span>}
        </span>
        <span className="switch__track" aria-hidden="true" />
      </SwitchButton>
    </SwitchField>
  );
}
