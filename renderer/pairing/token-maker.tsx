import './pairing.css';

import { useEffect, useRef, useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useService, useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { curlLine, tokenText } from '../text/token-text.ts';
import { Button } from '../ui/button.tsx';
import { CodeLine } from '../ui/code-line.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { Notice } from '../ui/notice.tsx';
import { TextField } from '../ui/text-field.tsx';

const LONGEST_NAME = 200;
const COPY_WORDS = { copiedLabel: appText.copied, failedLabel: appText.copyFailed } as const;

/** Makes a device without a code, for a script of whoever sits here, and shows its token this once. */
export function TokenMaker({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  const [name, setName] = useState<string>(tokenText.defaultName);
  const [problem, setProblem] = useState<string>();
  const create = useServiceMutation('device.create', {
    onSuccess: (_, made) => announce(`${tokenText.made(made.name)}. ${tokenText.once}`),
  });

  if (create.data !== undefined) {
    return <MadeToken name={create.variables.name} token={create.data.token} />;
  }
  const make = () => {
    const trimmed = name.trim();
    const wrong =
      trimmed === ''
        ? tokenText.nameNeeded
        : trimmed.length > LONGEST_NAME
          ? tokenText.nameTooLong
          : undefined;
    setProblem(wrong);
    if (wrong === undefined && !create.isPending) create.mutate({ name: trimmed });
  };
  return (
    <form
      className="token-maker"
      onSubmit={(event) => {
        event.preventDefault();
        make();
      }}
    >
      <p className="quiet">{tokenText.hint}</p>
      {/* Only where a press opened this: the focus belongs to what was asked for. */}
      <TextField
        autoFocus={autoFocus}
        label={tokenText.name}
        hint={tokenText.nameHint}
        error={problem}
        value={name}
        onChange={(next) => {
          setName(next);
          setProblem(undefined);
        }}
      />
      {create.error !== null && <QueryProblem error={create.error} />}
      <div className="token-maker__actions">
        <Button type="submit" variant="primary">
          {tokenText.make}
        </Button>
      </div>
    </form>
  );
}

/** Makes a new token for a script that had one before: it is the same device again, with its folder. */
export function TokenRenewer({ device }: { readonly device: DeviceView }) {
  const renew = useServiceMutation('device.renewToken', {
    onSuccess: () => announce(`${tokenText.made(device.name)}. ${tokenText.once}`),
  });
  if (renew.data !== undefined) return <MadeToken name={device.name} token={renew.data.token} />;
  return (
    <div className="token-maker">
      <p className="quiet">{tokenText.again(device.name, device.folder)}</p>
      {renew.error !== null && <QueryProblem error={renew.error} />}
      <div>
        <Button
          autoFocus
          variant="primary"
          onPress={() => {
            if (!renew.isPending) renew.mutate({ deviceId: device.deviceId });
          }}
        >
          {tokenText.makeAgain}
        </Button>
      </div>
    </div>
  );
}

function MadeToken({ name, token }: { readonly name: string; readonly token: string }) {
  const address = useService('overview.get', {}).data?.lan.urls[0];
  // The form that had the focus is gone; without it a dialog would no longer hear Escape.
  const made = useRef<HTMLDivElement>(null);
  useEffect(() => made.current?.focus(), []);
  return (
    <div className="token-maker" ref={made} tabIndex={-1}>
      <Notice tone="good" icon={CheckIcon} title={tokenText.made(name)}>
        {tokenText.once}
      </Notice>
      <div>
        <p className="small token-maker__label">{tokenText.token}</p>
        <CodeLine text={token} copyLabel={tokenText.copyToken} {...COPY_WORDS} />
      </div>
      {address !== undefined && (
        <div>
          <p className="small token-maker__label">{tokenText.curl}</p>
          <CodeLine
            text={curlLine(address, token)}
            copyLabel={tokenText.copyCurl}
            {...COPY_WORDS}
          />
          <p className="quiet small token-maker__hint">{tokenText.curlHint}</p>
        </div>
      )}
    </div>
  );
}
