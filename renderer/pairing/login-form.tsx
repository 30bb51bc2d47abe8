import './pairing.css';

import { useServiceMutation } from '../app/use-service.ts';
import { loginText } from '../text/login-text.ts';
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
  const create = useServiceMutation('device.createLogin', {
    onSuccess: ({ loginName, password, token }, asked) => {
      announce(`${loginText.made(asked.name)}. ${loginText.once}`);
      onMade({ name: asked.name, loginName, password, token });
    },
  });
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
