import { appText } from '../text/app-text.ts';
import { pairingText } from '../text/pairing-text.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useLanUrls } from './use-lan-urls.ts';

/** Where other devices reach this computer; says so when they cannot. */
export function LanAddresses() {
  const urls = useLanUrls();
  if (urls === undefined) return null;
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
