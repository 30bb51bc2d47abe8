import type { SettingsChange } from '../../shared/settings.ts';
import { Switch } from '../ui/switch.tsx';
import { SavedMark } from './saved-mark.tsx';
import { useSetting } from './use-setting.ts';

/** A setting that is on or off; saved at once. */
export function SettingSwitch(props: {
  readonly label: string;
  readonly hint: string;
  readonly isOn: boolean;
  readonly changeOf: (isOn: boolean) => SettingsChange;
}) {
  const { label, hint, isOn, changeOf } = props;
  const setting = useSetting();
  return (
    <div className="setting">
      <Switch
        label={label}
        hint={hint}
        isSelected={isOn}
        onChange={(wanted) => setting.save(changeOf(wanted))}
      />
      {setting.problem !== undefined && (
        <p className="field__error" role="alert">
          {setting.problem}
        </p>
      )}
      <SavedMark isShown={setting.isSaved} />
    </div>
  );
}
