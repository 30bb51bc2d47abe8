import './pairing.css';

import { useEffect } from 'react';

import type { DeviceView, PairingView } from '../../shared/window-views.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { appText } from '../text/app-text.ts';
import { formatCountdown, groupCode, pairingText } from '../text/pairing-text.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { announce } from '../ui/live-region.ts';
import { Notice } from '../ui/notice.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { LanAddresses } from './lan-addresses.tsx';
import { useLanUrls } from './use-lan-urls.ts';
import { usePairing } from './use-pairing.ts';

/**
 * QR code, pairing code and addresses for one device; tells when it has paired. The code is taken back when
 * this leaves the page.
 */
export function PairingInvite(props: {
  /** The device that is to be paired again, as the one it was. */
  readonly again?: DeviceView;
  readonly onPaired: (device: DeviceView) => void;
}) {
  const pairing = usePairing(props.again);
  const paired = pairing.state === 'paired' ? pairing.device : undefined;
  const { onPaired } = props;
  useEffect(() => {
    if (paired === undefined) return;
    announce(pairingText.paired(paired.name));
    onPaired(paired);
  }, [paired, onPaired]);

  switch (pairing.state) {
    case 'failed':
      return <QueryProblem error={pairing.error} onRetry={pairing.retry} />;
    case 'making':
    case 'paired':
      return (
        <p className="pairing pairing--making quiet">
          <Spinner /> {pairingText.making}
        </p>
      );
    case 'expired':
      return (
        <Notice
          tone="warn"
          title={pairingText.expired}
          actions={
            <Button autoFocus variant="primary" onPress={pairing.renew}>
              {pairingText.newCode}
            </Button>
          }
        >
          {pairingText.expiredNext}
        </Notice>
      );
    case 'open':
      return <OpenInvite invite={pairing.invite} remainingMs={pairing.remainingMs} />;
  }
}

function OpenInvite(props: { readonly invite: PairingView; readonly remainingMs: number }) {
  const { code, url } = props.invite;
  const isOnlyHere = useLanUrls()?.length === 0;
  return (
    <div className="pairing">
      <div className="pairing__ways">
        <figure className="pairing__qr">
          <QrCode text={url} label={pairingText.qrLabel} />
        </figure>
        <div className="pairing__words">
          <p>{pairingText.scan}</p>
          <div>
            <p className="quiet small">{pairingText.orType}</p>
            <p className="pairing__code">
              <span aria-label={`${pairingText.codeLabel} ${code.split('').join(' ')}`} role="img">
                {groupCode(code)}
              </span>
              <CopyButton
                text={code}
                label={pairingText.copyCode}
                copiedLabel={appText.copied}
                failedLabel={appText.copyFailed}
              />
            </p>
            <p className="quiet small pairing__validity" role="timer" aria-live="off">
              {pairingText.validFor(formatCountdown(props.remainingMs))}
            </p>
          </div>
          {!isOnlyHere && <LanAddresses />}
        </div>
      </div>
      {isOnlyHere && <LanAddresses />}
      <p className="pairing__waiting quiet small">
        <Spinner size={16} /> {pairingText.waiting}
      </p>
    </div>
  );
}
