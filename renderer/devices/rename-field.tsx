import { useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { deviceText } from '../text/device-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { announce } from '../ui/live-region.ts';
import { TextField } from '../ui/text-field.tsx';
import { useIsNameTaken } from '../pairing/use-is-name-taken.ts';
import { usePatchDevice } from '../pairing/use-patch-device.ts';

/** The device's name as a field in its place: Enter saves, Escape cancels. */
export function RenameField(props: { readonly device: DeviceView; readonly onDone: () => void }) {
  const { device, onDone } = props;
  const patchDevice = usePatchDevice();
  const isTaken = useIsNameTaken(device.deviceId);
  const [name, setName] = useState(device.name);
  const [isEmpty, setIsEmpty] = useState(false);
  const rename = useServiceMutation('device.rename', {
    onSuccess: (renamed) => {
      announce(deviceText.renamed(renamed.name));
      patchDevice(renamed);
      onDone();
    },
  });
  const save = () => {
    const trimmed = name.trim();
    setIsEmpty(trimmed === '');
    if (trimmed === device.name) onDone();
    else if (trimmed !== '' && !rename.isPending)
      rename.mutate({ deviceId: device.deviceId, name: trimmed });
  };
  const failure = rename.error && problemWords(rename.error);
  return (
    <form
      className="rename"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextField
        autoFocus
        label={deviceText.renameLabel}
        hint={deviceText.renameHint}
        warning={isTaken(name) ? deviceText.sameName : undefined}
        error={isEmpty ? deviceText.nameNeeded : (failure ?? undefined)}
        maxLength={200}
        value={name}
        onChange={(next) => {
          setName(next);
          setIsEmpty(false);
        }}
        onFocus={(event) => {
          if (event.target instanceof HTMLInputElement) event.target.select();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
          else event.continuePropagation();
        }}
      />
      <div className="rename__actions">
        <Button small variant="quiet" onPress={onDone}>
          {appText.cancel}
        </Button>
        <Button small variant="primary" type="submit">
          {deviceText.save}
        </Button>
      </div>
    </form>
  );
}
