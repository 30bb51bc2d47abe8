import { useEffect, useRef, useState } from 'react';

import type { DeviceCoverage } from '../../shared/coverage-view.ts';
import type { DeviceView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { LoginLocked } from '../pairing/login-locked.tsx';
import { cardWords, coverageText } from '../text/coverage-text.ts';
import { deviceKindWords, deviceText, isScript, storedWords } from '../text/device-text.ts';
import { loginText } from '../text/login-text.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, buttonClass } from '../ui/button.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { CheckIcon, DeviceIcon, EditIcon, QrIcon, RevokeIcon, WarningIcon } from '../ui/icons.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { RenameField } from './rename-field.tsx';

/** One device with what can be done about it. */
export function DeviceCard(props: {
  readonly device: DeviceView;
  /** Absent until it is known. */
  readonly coverage: DeviceCoverage | undefined;
  readonly onRevoke: () => void;
  readonly onPairAgain: () => void;
  readonly onNewToken: () => void;
  readonly onRenewLogin: () => void;
  /** Takes it out of the list, or puts it back. */
  readonly onSetRemoved: () => void;
}) {
  const { device, coverage, onRevoke, onPairAgain, onNewToken, onRenewLogin } = props;
  const [isRenaming, setIsRenaming] = useState(false);
  const renameButton = useReturnedFocus(isRenaming);
  const kind = deviceKindWords(device);
  return (
    <article
      className={device.trusted ? 'device panel' : 'device device--muted panel'}
      aria-label={device.name}
    >
      <div className="device__head">
        <span className="device__icon">
          <DeviceIcon size={22} />
        </span>
        <div className="device__title">
          {isRenaming ? (
            <RenameField device={device} onDone={() => setIsRenaming(false)} />
          ) : (
            <h2 className="device__name">{device.name}</h2>
          )}
          {kind !== undefined && !isRenaming && <p className="quiet small">{kind}</p>}
        </div>
        {!isRenaming && <TrustBadge device={device} />}
      </div>
      {!device.trusted && <p className="small">{untrustedHint(device)}</p>}
      {coverage?.quietForDays !== undefined && (
        <p>
          <Badge tone="warn" icon={WarningIcon}>
            {coverageText.quiet.badge(coverage.quietForDays)}
          </Badge>
        </p>
      )}
      <LoginLocked
        device={device}
        onUnlocked={() => renameButton.current?.querySelector('button')?.focus()}
      />
      <DeviceFacts device={device} coverage={coverage} />
      <div className="device__actions" ref={renameButton}>
        <Button
          small
          icon={EditIcon}
          aria-label={deviceText.renameOf(device.name)}
          isDisabled={isRenaming}
          onPress={() => setIsRenaming(true)}
        >
          {deviceText.rename}
        </Button>
        {!device.trusted && <LetInAgain {...{ device, onPairAgain, onNewToken }} />}
        <Link
          href={paths.device(device.deviceId)}
          className={buttonClass('secondary', true)}
          aria-label={coverageText.openOf(device.name)}
        >
          {coverageText.open}
        </Link>
        <Link
          href={`${paths.jobs}?device=${device.deviceId}`}
          className={buttonClass('secondary', true)}
          aria-label={deviceText.jobsOf(device.name)}
        >
          {deviceText.jobs}
        </Link>
        {device.login !== undefined && (
          <Button small aria-label={loginText.renewOf(device.name)} onPress={onRenewLogin}>
            {loginText.renew}
          </Button>
        )}
        {device.trusted ? (
          <Button
            small
            variant="danger"
            icon={RevokeIcon}
            aria-label={deviceText.revokeOf(device.name)}
            onPress={onRevoke}
          >
            {deviceText.revoke}
          </Button>
        ) : (
          <SetRemovedButton device={device} onPress={props.onSetRemoved} />
        )}
      </div>
    </article>
  );
}

function untrustedHint({ revokedAt, removedAt }: DeviceView): string {
  if (removedAt !== undefined) return deviceText.removedHint;
  return revokedAt === undefined ? deviceText.notTrustedHint : deviceText.revokedHint;
}

function LetInAgain(props: {
  readonly device: DeviceView;
  readonly onPairAgain: () => void;
  readonly onNewToken: () => void;
}) {
  const { device, onPairAgain, onNewToken } = props;
  return (
    <>
      <Button
        small
        icon={QrIcon}
        aria-label={deviceText.pairAgainOf(device.name)}
        onPress={onPairAgain}
      >
        {deviceText.pairAgain}
      </Button>
      {isScript(device) && (
        <Button small aria-label={deviceText.newTokenOf(device.name)} onPress={onNewToken}>
          {deviceText.newToken}
        </Button>
      )}
    </>
  );
}

function SetRemovedButton(props: { readonly device: DeviceView; readonly onPress: () => void }) {
  const { name, removedAt } = props.device;
  const [words, label] =
    removedAt === undefined
      ? [deviceText.remove, deviceText.removeOf(name)]
      : [deviceText.putBack, deviceText.putBackOf(name)];
  return (
    <Button small aria-label={label} onPress={props.onPress}>
      {words}
    </Button>
  );
}

function DeviceFacts(props: {
  readonly device: DeviceView;
  readonly coverage: DeviceCoverage | undefined;
}) {
  const { device, coverage } = props;
  const covered = coverage && cardWords(coverage);
  const { lastSeenAt, revokedAt } = device;
  return (
    <Facts>
      <Fact label={deviceText.lastSeen}>
        {lastSeenAt === undefined ? deviceText.neverSeen : <RelativeTime at={lastSeenAt} />}
      </Fact>
      <Fact label={deviceText.stored}>{storedWords(device)}</Fact>
      {covered !== undefined && <Fact label={coverageText.card.label}>{covered}</Fact>}
      <Fact label={deviceText.pairedAt}>
        <RelativeTime at={device.pairedAt} />
      </Fact>
      {revokedAt !== undefined && (
        <Fact label={deviceText.revokedAt}>
          <RelativeTime at={revokedAt} />
        </Fact>
      )}
      {device.login !== undefined && (
        <Fact mono label={loginText.label}>
          {device.login.loginName}
        </Fact>
      )}
      <Fact label={deviceText.folder}>{device.folder}</Fact>
    </Facts>
  );
}

function TrustBadge({ device }: { readonly device: DeviceView }) {
  if (device.login?.lockedAt !== undefined) {
    return (
      <Badge tone="warn" icon={WarningIcon}>
        {loginText.locked}
      </Badge>
    );
  }
  if (device.trusted) {
    return (
      <Badge tone="good" icon={CheckIcon}>
        {deviceText.trusted}
      </Badge>
    );
  }
  return (
    <Badge>{device.revokedAt === undefined ? deviceText.notTrusted : deviceText.revoked}</Badge>
  );
}

/** Gives the focus back to the first button of an element once something that took it is gone. */
function useReturnedFocus(isTaken: boolean) {
  const element = useRef<HTMLDivElement>(null);
  const wasTaken = useRef(false);
  useEffect(() => {
    if (wasTaken.current && !isTaken) element.current?.querySelector('button')?.focus();
    wasTaken.current = isTaken;
  }, [isTaken]);
  return element;
}
