import './pairing.css';

import type { DeviceView } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { loginText } from '../text/login-text.ts';
import { Button } from '../ui/button.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { announce } from '../ui/live-region.ts';
import type { ShownLogin } from './login-facts.tsx';
import { NameForm } from './name-form.tsx';

/** A login that was just made, with what is told only this once. */
export interface MadeLogin extends ShownLogin {
  readonly name: string;
}

/** Makes a device whose app logs in, as those that speak Immich's protocol do. */
export function LoginForm(props: {
  /** That of a device paired before. */
  readonly name?: string;
  readonly autoFocus?: boolean;
  readonly onMade: (made: MadeLogin) => void;
}) {
  const { name = '', autoFocus = false, onMade } = props;
  const create = useMakeLogin(onMade);
  return (
    <div className="device-maker">
      <p>{loginText.hint}</p>
      <NameForm
        words={loginText}
        defaultName={name}
        example={loginText.nameExample}
        autoFocus={autoFocus}
        isPending={create.isPending}
        error={create.error}
        onName={(chosen) => create.mutate({ name: chosen })}
      />
      <p className="quiet small">{loginText.each}</p>
    </div>
  );
}

/** Makes a login for a device that was shut out: it is that device again, with its name and its folder. */
export function LoginAgain(props: {
  readonly device: DeviceView;
  readonly onMade: (made: MadeLogin) => void;
}) {
  const { deviceId, name, folder } = props.device;
  const create = useMakeLogin(props.onMade);
  return (
    <div className="device-maker">
      <p>{loginText.again(folder)}</p>
      {create.error !== null && <QueryProblem error={create.error} />}
      <DialogFooter>
        <Button
          variant="primary"
          aria-label={loginText.makeOf(name)}
          isPending={create.isPending}
          onPress={() => create.mutate({ name, deviceId })}
        >
          {loginText.make}
        </Button>
      </DialogFooter>
    </div>
  );
}

function useMakeLogin(onMade: (made: MadeLogin) => void) {
  return useServiceMutation('device.createLogin', {
    onSuccess: ({ loginName, password, token }, { name }) => {
      announce(`${loginText.made(name)}. ${loginText.onceTitle}. ${loginText.once}`);
      onMade({ name, loginName, password, token });
    },
  });
}
