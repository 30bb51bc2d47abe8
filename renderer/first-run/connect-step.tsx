import { useState } from 'react';

import type { DeviceView, Overview } from '../../shared/window-views.ts';
import { PairingInvite } from '../pairing/pairing-invite.tsx';
import { pairingText } from '../text/pairing-text.ts';
import { welcomeText } from '../text/welcome-text.ts';
import { Button } from '../ui/button.tsx';
import { CheckIcon, PlusIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { OtherWays } from './other-ways.tsx';
import { Step } from './step.tsx';

const words = welcomeText.connect;

/** Second step: let a phone in, by QR code, or another way. */
export function ConnectStep(props: {
  readonly overview: Overview;
  readonly devices: readonly DeviceView[];
}) {
  const trustedCount = props.devices.filter((device) => device.trusted).length;
  const [isInviting, setIsInviting] = useState(trustedCount === 0);
  const [paired, setPaired] = useState<DeviceView>();
  return (
    <Step number={2} title={words.title} isDone={trustedCount > 0}>
      {isInviting ? (
        <>
          <PairingInvite
            onPaired={(device) => {
              setPaired(device);
              setIsInviting(false);
            }}
          />
          <p>{words.page}</p>
        </>
      ) : (
        <Notice
          tone="good"
          icon={CheckIcon}
          title={
            paired === undefined ? words.paired(trustedCount) : pairingText.paired(paired.name)
          }
          actions={
            <Button small icon={PlusIcon} onPress={() => setIsInviting(true)}>
              {words.another}
            </Button>
          }
        />
      )}
      <OtherWays address={props.overview.lan.urls[0]} />
    </Step>
  );
}
