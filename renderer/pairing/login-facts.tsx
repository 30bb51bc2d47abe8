import './pairing.css';

import { useEffect, useRef } from 'react';

import { loginText } from '../text/login-text.ts';
import { Facts } from '../ui/facts.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { CopiedFact, ServerFacts, WhereToType } from './server-facts.tsx';

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
  // The form that had the focus is gone; without it a dialog would no longer hear Escape.
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => shown.current?.focus({ preventScroll: true }), []);
  return (
    <div className="device-maker" ref={shown} tabIndex={-1}>
      <p className="login-made">
        <CheckIcon size={18} />
        <span>{title}</span>
      </p>
      <div className="login-facts login-facts--once">
        <Notice tone="warn" title={loginText.onceTitle}>
          {token === undefined ? loginText.passwordOnce : loginText.once}
        </Notice>
        <Facts>
          <ServerFacts />
          <CopiedFact label={loginText.user} text={loginName} />
          <CopiedFact label={loginText.password} text={password} />
          {token !== undefined && <CopiedFact label={loginText.key} text={token} />}
        </Facts>
      </div>
      <WhereToType hasKey={token !== undefined} />
    </div>
  );
}
