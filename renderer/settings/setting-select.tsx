import type { SettingsChange } from '../../shared/settings.ts';
import { Select, type SelectOption } from '../ui/select.tsx';
import { SavedMark } from './saved-mark.tsx';
import { useSetting } from './use-setting.ts';

/** A setting that is one of a few; saved at once. */
export function SettingSelect<Id extends string>(props: {
  readonly label: string;
  readonly hint: string;
  readonly value: Id;
  readonly options: readonly SelectOption<Id>[];
  readonly changeOf: (id: Id) => SettingsChange;
}) {
  const { label, hint, value, options, changeOf } = props;
  const setting = useSetting();
  return (
    <div className="setting">
      <Select
        label={label}
        value={value}
        options={options}
        onChange={(id) => setting.save(changeOf(id))}
      />
      <p className="quiet small">{hint}</p>
      {setting.problem !== undefined && (
        <p className="field__error" role="alert">
          {setting.problem}
        </p>
      )}
      <SavedMark isShown={setting.isSaved} />
    </div>
  );
}
