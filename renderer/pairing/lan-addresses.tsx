import { useService } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { pairingText } from '../text/pairing-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { isReachable } from './reachable-address.ts';

/** More addresses than these are of virtual networks no phone is in. */
const MOST_SHOWN = 3;

/** Where other devices reach this computer; says so when they cannot. */
export function LanAddresses() {
  const overview = useService('overview.get', {}).data;
  if (overview === undefined) return null;
  const urls = overview.lan.urls.filter(isReachable).slice(0, MOST_SHOWN);
  if (urls.length === 0) return <Notice tone="warn">{pairingText.onlyHere}</Notice>;
  return (
    <div>
      <p className="quiet small">
        {urls.length === 1 ? pairingText.address : pairingText.addresses}
      </p>
      <ul className="pairing__addresses">
        {urls.map((url) => (
          <li key={url}>
            <code>{url}</code>
            <CopyButton
              text={url}
              label={`${pairingText.copyAddress} ${url}`}
              copiedLabel={appText.copied}
              failedLabel={appText.copyFailed}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
