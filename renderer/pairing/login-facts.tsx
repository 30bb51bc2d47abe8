import './pairing.css';

import { useEffect, useRef } from 'react';

import { appText } from '../text/app-text.ts';
import { loginText } from '../text/login-text.ts';
import { pairingText } from '../text/pairing-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { useLanUrls } from './use-lan-urls.ts';

/** What an app asks for when it logs in. */
export interface ShownLogin {
  readonly loginName: string;
  readonly password: string;
  /** The key for programs; only known when the device was just made. */
  readonly token?: string;
}

/** Shows this once what to type into an app, and where. */
export function LoginFacts({
  title,
  login,
}: {
  readonly title: string;
  readonly login: ShownLogin;
}) {
  const { loginName, password, token } = login;
  const urls = useLanUrls();
  // The form that had the focus is gone; without it a dialog would no longer hear Escape.
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus({ preventScroll: true }), []);
  return (
    <div className="device-maker" ref={shown} tabIndex={-1}>
      <Notice tone="good" icon={CheckIcon} title={title}>
        {token === undefined ? loginText.passwordOnce : loginText.once}
      </Notice>
      {urls?.length === 0 && <Notice tone="warn">{pairingText.onlyHere}</Notice>}
      <div className="login-facts">
        <Facts>
          {urls?.map((url, index) => (
            <Copied
              key={url}
              label={index === 0 ? loginText.server : loginText.orServer}
              text={url}
              copyLabel={loginText.copy(`${loginText.server} ${url}`)}
            />
          ))}
          <Copied label={loginText.user} text={loginName} />
          <Copied label={loginText.password} text={password} />
          {token !== undefined && <Copied label={loginText.key} text={token} />}
        </Facts>
      </div>
      <div className="login-facts__apps">
        <h3 className="login-facts__where">{loginText.where}</h3>
        <Facts>
          <Fact label={loginText.yaiiu}>
            {token === undefined ? loginText.yaiiuPassword : loginText.yaiiuSteps}
          </Fact>
          <Fact label={loginText.immich}>{loginText.immichSteps}</Fact>
          {token !== undefined && <Fact label={loginText.programs}>{loginText.programsSteps}</Fact>}
        </Facts>
      </div>
      <p className="quiet small">{loginText.userHint}</p>
    </div>
  );
}

function Copied(props: {
  readonly label: string;
  readonly text: string;
  readonly copyLabel?: string;
}) {
  const { label, text, copyLabel = loginText.copy(label) } = props;
  return (
    <Fact
      mono
      label={label}
      action={
        <CopyButton
          text={text}
          label={copyLabel}
          copiedLabel={appText.copied}
          failedLabel={appText.copyFailed}
        />
      }
    >
      {text}
    </Fact>
  );
}
