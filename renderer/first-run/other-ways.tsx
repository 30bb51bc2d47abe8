import { type ReactNode, useState } from 'react';

import { LoginFacts } from '../pairing/login-facts.tsx';
import { LoginForm, type MadeLogin } from '../pairing/login-form.tsx';
import { TokenMaker } from '../pairing/token-maker.tsx';
import { appText } from '../text/app-text.ts';
import { loginText } from '../text/login-text.ts';
import { putAddress, sendLine, TOKEN_HEADER, welcomeText } from '../text/welcome-text.ts';
import { CodeLine } from '../ui/code-line.tsx';
import { ForwardIcon } from '../ui/icons.tsx';

const words = welcomeText.ways;

/** Every other way that works, and what does not work yet. `address` is the best one other devices can use. */
export function OtherWays({ address }: { readonly address: string | undefined }) {
  return (
    <section className="ways" aria-label={welcomeText.connect.other}>
      <h3>{welcomeText.connect.other}</h3>
      {address !== undefined && (
        <>
          <Way title={loginText.way}>
            <LoginWay />
          </Way>
          <Way title={words.computer}>
            <p>{words.computerText}</p>
            <Copyable text={sendLine(address)} />
            <p className="quiet small">{words.computerClone}</p>
            <Copyable text={sendLine(address, true)} />
          </Way>
          <Way title={words.curl}>
            <TokenMaker />
          </Way>
          <Way title={words.app}>
            <p>{words.appText}</p>
            <p className="quiet small">{words.appUrl}</p>
            <Copyable text={putAddress(address)} />
            <p className="quiet small">{words.appHeader}</p>
            <Copyable text={TOKEN_HEADER} />
          </Way>
        </>
      )}
      <Way title={welcomeText.connect.background}>
        <p>{welcomeText.connect.backgroundText}</p>
      </Way>
    </section>
  );
}

function LoginWay() {
  const [made, setMade] = useState<MadeLogin>();
  return made === undefined ? (
    <LoginForm onMade={setMade} />
  ) : (
    <LoginFacts title={loginText.made(made.name)} login={made} />
  );
}

function Way({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="way">
      <summary className="way__title">
        <ForwardIcon size={16} />
        {title}
      </summary>
      <div className="way__body">{children}</div>
    </details>
  );
}

function Copyable({ text }: { readonly text: string }) {
  return (
    <CodeLine
      text={text}
      copyLabel={`${words.copy} ${text}`}
      copiedLabel={appText.copied}
      failedLabel={appText.copyFailed}
    />
  );
}
