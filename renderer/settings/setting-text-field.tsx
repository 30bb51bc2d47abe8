import { type ReactNode, useState } from 'react';

import type { SettingsChange } from '../../shared/settings.ts';
import { appText } from '../text/app-text.ts';
import { settingsText } from '../text/settings-text.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/text-field.tsx';
import { SavedMark } from './saved-mark.tsx';
import { useSetting } from './use-setting.ts';
import type { Validated } from './validate-setting.ts';

/**
 * A setting that is typed. Nothing is saved while typing: Enter or the button saves, Escape goes back to what
 * is in force.
 */
export function SettingTextField<Value>(props: {
  readonly label: string;
  readonly hint: string;
  /** What is in force, as text. */
  readonly current: string;
  readonly validate: (text: string) => Validated<Value>;
  readonly changeOf: (value: Value) => SettingsChange;
  readonly mono?: boolean;
  readonly inputMode?: 'numeric' | 'text';
  /** A control after the input, such as a dialog to choose the value; it saves by itself. */
  readonly action?: (save: (text: string) => void) => ReactNode;
}) {
  const { label, hint, current, validate, changeOf, action } = props;
  const [draft, setDraft] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  const setting = useSetting();
  const isChanged = draft !== undefined && draft.trim() !== current;

  const reset = () => {
    setDraft(undefined);
    setWrong(undefined);
    setting.clearProblem();
  };
  const save = (text: string) => {
    const validated = validate(text);
    if ('problem' in validated) {
      setDraft(text);
      setWrong(validated.problem);
      return;
    }
    setWrong(undefined);
    if (text.trim() === current) reset();
    else if (!setting.isSaving) setting.save(changeOf(validated.value), () => setDraft(undefined));
  };

  return (
    <form
      className="setting"
      onSubmit={(event) => {
        event.preventDefault();
        save(draft ?? current);
      }}
    >
      <div className="setting__line">
        <TextField
          label={label}
          hint={hint}
          error={wrong ?? setting.problem}
          value={draft ?? current}
          {...(props.mono !== undefined && { mono: props.mono })}
          {...(props.inputMode !== undefined && { inputMode: props.inputMode })}
          onChange={(text) => {
            setDraft(text);
            setWrong(undefined);
            setting.clearProblem();
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && draft !== undefined) reset();
            else event.continuePropagation();
          }}
        />
        {action?.(save)}
      </div>
      {isChanged && (
        <div className="setting__actions">
          <Button small variant="quiet" onPress={reset}>
            {appText.cancel}
          </Button>
          <Button small variant="primary" type="submit">
            {settingsText.save}
          </Button>
        </div>
      )}
      <SavedMark isShown={setting.isSaved && !isChanged} />
    </form>
  );
}
