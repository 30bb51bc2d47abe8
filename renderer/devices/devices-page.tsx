import './devices.css';

import { useEffect, useRef, useState } from 'react';

import type { DeviceView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { useService } from '../app/use-service.ts';
import { RenewLoginDialog } from '../pairing/renew-login-dialog.tsx';
import { deviceText } from '../text/device-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { DeviceIcon, QrIcon } from '../ui/icons.tsx';
import { DeviceCard } from './device-card.tsx';
import { PairDialog } from './pair-dialog.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { TokenDialog } from './token-dialog.tsx';
import { useSetRemoved } from './use-set-removed.ts';

type OpenDialog =
  | { readonly kind: 'pair'; readonly again?: DeviceView; readonly isFirst?: boolean }
  | { readonly kind: 'token'; readonly again?: DeviceView }
  | { readonly kind: 'revoke' | 'renew'; readonly device: DeviceView };

/** Who may send photos here. */
export function DevicesPage() {
  const list = useService('devices.list', {});
  const coverage = useService('coverage.list', {});
  const [dialog, setDialog] = useState<OpenDialog>();
  const close = () => setDialog(undefined);
  // Both at once: a card that grew afterwards would move those below it.
  const all = coverage.isPending ? undefined : list.data && inOrder(list.data.devices);
  const devices = all?.filter(({ removedAt }) => removedAt === undefined);
  const removed = all?.filter(({ removedAt }) => removedAt !== undefined) ?? [];
  const [showsRemoved, setShowsRemoved] = useState(false);
  const setRemoved = useSetRemoved();
  const pair = () => setDialog({ kind: 'pair', isFirst: devices?.length === 0 });
  const head = useFocusAfter(dialog?.kind === 'pair' && dialog.isFirst === true);
  const card = (device: DeviceView) => (
    <li key={device.deviceId}>
      <DeviceCard
        device={device}
        coverage={coverage.data?.devices.find((each) => each.deviceId === device.deviceId)}
        onRevoke={() => setDialog({ kind: 'revoke', device })}
        onRenewLogin={() => setDialog({ kind: 'renew', device })}
        onPairAgain={() => setDialog({ kind: 'pair', again: device })}
        onNewToken={() => setDialog({ kind: 'token', again: device })}
        onSetRemoved={() => setRemoved(device, device.removedAt === undefined)}
      />
    </li>
  );

  return (
    <Page
      title={deviceText.title}
      actions={
        devices !== undefined &&
        devices.length > 0 && (
          <div ref={head}>
            <Button variant="primary" icon={QrIcon} onPress={pair}>
              {deviceText.pair}
            </Button>
          </div>
        )
      }
    >
      {list.error !== null && (
        <QueryProblem error={list.error} onRetry={() => void list.refetch()} />
      )}
      {devices?.length === 0 && <NoDevices onPair={pair} />}
      {devices !== undefined && devices.length > 0 && (
        <ul className="devices">{devices.map(card)}</ul>
      )}
      {devices !== undefined && (
        <p className="devices__more">
          <Button onPress={() => setDialog({ kind: 'token' })}>{deviceText.makeToken}</Button>
          {removed.length > 0 && (
            <Button
              variant="quiet"
              aria-expanded={showsRemoved}
              onPress={() => setShowsRemoved(!showsRemoved)}
            >
              {showsRemoved ? deviceText.hideRemoved : deviceText.showRemoved(removed.length)}
            </Button>
          )}
        </p>
      )}
      {showsRemoved && removed.length > 0 && <ul className="devices">{removed.map(card)}</ul>}
      {dialog?.kind === 'pair' && (
        <PairDialog onClose={close} {...(dialog.again && { again: dialog.again })} />
      )}
      {dialog?.kind === 'token' && (
        <TokenDialog onClose={close} {...(dialog.again && { again: dialog.again })} />
      )}
      {dialog?.kind === 'renew' && <RenewLoginDialog device={dialog.device} onClose={close} />}
      {dialog?.kind === 'revoke' && <RevokeDialog device={dialog.device} onClose={close} />}
    </Page>
  );
}

/** Gives an element's button the focus after the dialog that was opened by a button which is gone meanwhile. */
function useFocusAfter(isOpen: boolean) {
  const element = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) element.current?.querySelector('button')?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  return element;
}

function NoDevices({ onPair }: { readonly onPair: () => void }) {
  return (
    <EmptyState
      icon={DeviceIcon}
      title={deviceText.empty.title}
      actions={
        <>
          <Link href={paths.welcome} className={buttonClass()}>
            {deviceText.empty.welcome}
          </Link>
          <Button variant="primary" icon={QrIcon} onPress={onPair}>
            {deviceText.pair}
          </Button>
        </>
      }
    >
      {deviceText.empty.next}
    </EmptyState>
  );
}

/** Devices that may send first, in the order they came: nothing moves because a device was just seen. */
function inOrder(devices: readonly DeviceView[]): readonly DeviceView[] {
  return devices.toSorted(
    (a, b) => Number(b.trusted) - Number(a.trusted) || a.pairedAt - b.pairedAt,
  );
}
