import './pairing.css';

import { useEffect, useRef } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useService, useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { loginText } from '../text/login-text.ts';
import { curlLine, tokenText } from '../text/token-text.ts';
import { Button } from '../ui/button.tsx';
import { CodeLine } from '../ui/code-line.tsx';
import { DialogFooter } from '../ui/dialog-footer.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { Notice } from '../ui/notice.tsx';
import { NameForm } from './name-form.tsx';

const COPY_WORDS = { copiedLabel: appText.copied, failedLabel: appText.copyFailed } as const;

/** Makes a device without a code, for a script of whoever sits here, and shows its token this once. */
export function TokenMaker(props: {
  readonly autoFocus?: boolean;
  /** From now on it shows what is not shown again. */
  readonly onMade?: () => void;
}) {
  const { autoFocus = false, onMade } = props;
  const create = useServiceMutation('device.create', {
    onSuccess: (_, made) => {
      announce(`${tokenText.made(made.name)}. ${loginText.onceTitle}. ${tokenText.once}`);
      onMade?.();
    },
  });

  if (create.data !== undefined) {
    return <MadeToken name={create.variables.name} token={create.data.token} />;
  }
  return (
    <div className="device-maker">
      <p className="quiet">{tokenText.hint}</p>
      <NameForm
        words={tokenText}
        defaultName={tokenText.defaultName}
        autoFocus={autoFocus}
        isPending={create.isPending}
        error={create.error}
        onName={(name) => create.mutate({ name })}
      />
    </div>
  );
}

/** Makes a new token for a script that had one before: it is the same device again, with its folder. */
export function TokenRenewer(props: { readonly device: DeviceView; readonly onMade: () => void }) {
  const { device, onMade } = props;
  const renew = useServiceMutation('device.renewToken', {
    onSuccess: () => {
      announce(`${tokenText.made(device.name)}. ${loginText.onceTitle}. ${tokenText.once}`);
      onMade();
    },
  });
  if (renew.data !== undefined) return <MadeToken name={device.name} token={renew.data.token} />;
  return (
    <div className="device-maker">
      <p className="quiet">{tokenText.again(device.name, device.folder)}</p>
      {renew.error !== null && <QueryProblem error={renew.error} />}
      <DialogFooter>
        <Button
          autoFocus
          variant="primary"
          onPress={() => {
            if (!renew.isPending) renew.mutate({ deviceId: device.deviceId });
          }}
        >
          {tokenText.makeAgain}
        </Button>
      </DialogFooter>
    </div>
  );
}

function MadeToken({ name, token }: { readonly name: string; readonly token: string }) {
  const address = useService('overview.get', {}).data?.lan.urls[0];
  // The form that had the focus is gone; without it a dialog would no longer hear Escape.
  const made = useRef<HTMLDivElement>(null);
  useEffect(() => made.current?.focus(), []);
  return (
    <div className="device-maker" ref={made} tabIndex={-1}>
      <p className="login-made">
        <CheckIcon size={18} />
        <span>{tokenText.made(name)}</span>
      </p>
      <Notice tone="warn" title={loginText.onceTitle}>
        {tokenText.once}
      </Notice>
      <div>
        <p className="small device-maker__label">{tokenText.token}</p>
        <CodeLine text={token} copyLabel={tokenText.copyToken} {...COPY_WORDS} />
      </div>
      {address !== undefined && (
        <div>
          <p className="small device-maker__label">{tokenText.curl}</p>
          <CodeLine
            text={curlLine(address, token)}
            copyLabel={tokenText.copyCurl}
            {...COPY_WORDS}
          />
          <p className="quiet small device-maker__hint">{tokenText.curlHint}</p>
        </div>
      )}
    </div>
  );
}
