import './pairing.css';

import { appText } from '../text/app-text.ts';
import { loginText } from '../text/login-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { useServerUrls } from './use-lan-urls.ts';

/** One line to copy into an app. */
export function CopiedFact(props: {
  readonly label: string;
  readonly text: string;
  readonly copyLabel?: string;
  readonly note?: string | undefined;
}) {
  const { label, text, note, copyLabel = loginText.copy(label) } = props;
  return (
    <Fact
      mono
      label={label}
      note={note}
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

/** The addresses to type into an app, as lines of a `Facts` list; says so where other devices cannot use them. */
export function ServerFacts() {
  const server = useServerUrls();
  if (server === undefined) return null;
  if (server.urls.length === 0) {
    return <Fact label={loginText.server}>{loginText.noServer}</Fact>;
  }
  return (
    <>
      {server.urls.map((url, index) => (
        <CopiedFact
          key={url}
          label={index === 0 ? loginText.server : loginText.orServer}
          text={url}
          copyLabel={loginText.copy(`${loginText.server} ${url}`)}
          note={server.isOnlyHere ? loginText.onlyHere : undefined}
        />
      ))}
    </>
  );
}

/** Which app asks for what. Without `hasKey` no key is known that could be typed. */
export function WhereToType({ hasKey }: { readonly hasKey: boolean }) {
  return (
    <div className="login-steps">
      <h3 className="login-steps__title">{loginText.where}</h3>
      <Facts>
        <Fact label={loginText.yaiiu}>
          {hasKey ? loginText.yaiiuSteps : loginText.yaiiuPassword}
        </Fact>
        <Fact label={loginText.immich}>{loginText.immichSteps}</Fact>
        {hasKey && <Fact label={loginText.programs}>{loginText.programsSteps}</Fact>}
      </Facts>
      <p className="quiet small login-steps__hint">{loginText.userHint}</p>
    </div>
  );
}
