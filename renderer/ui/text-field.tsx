import './field.css';

import type { Ref } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import {
  Input,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components/TextField';

import { classNames } from './class-names.ts';
import { WarningIcon } from './icons.tsx';

export interface TextFieldProps extends Omit<
  AriaTextFieldProps,
  'className' | 'children' | 'style'
> {
  readonly label: string;
  /** A quiet sentence under the input. */
  readonly hint?: string | undefined;
  /** What a person may want to think over; the value is good all the same. */
  readonly warning?: string | undefined;
  /** What is wrong with the value; makes the field invalid. */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** One line of text with its label, hint and error. */
export function TextField(props: TextFieldProps) {
  const { label, hint, warning, error, placeholder, mono, inputRef, ...rest } = props;
  return (
    <AriaTextField {...rest} className="field" isInvalid={error !== undefined}>
      <Label className="field__label">{label}</Label>
      <Input
        className={classNames('field__input', mono === true && 'mono')}
        {...(inputRef === undefined ? {} : { ref: inputRef })}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
      {(hint ?? warning) !== undefined && error === undefined && (
        <Text slot="description" elementType="div" className="field__hint">
          {hint}
          {warning !== undefined && (
            <p className="field__warning" role="status">
              <WarningIcon size={16} />
              <span>{warning}</span>
            </p>
          )}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
    </AriaTextField>
  );
}
