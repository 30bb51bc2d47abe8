import { useState } from 'react';

import { settingsText } from '../text/settings-text.ts';
import { Button } from '../ui/button.tsx';

/** Under which terms Roost comes, and those of what it is made of. */
export function Licences() {
  const [notices, setNotices] = useState<string>();
  const [isShown, setIsShown] = useState(false);
  const toggle = () => {
    setIsShown(!isShown);
    if (notices !== undefined) return;
    // Long and seldom read: it comes only when asked for.
    import('../../resources/legal/THIRD-PARTY-NOTICES.md?raw').then(
      ({ default: text }) => setNotices(text),
      () => setNotices(settingsText.noticesFailed),
    );
  };
  return (
    <>
      <p>
        {settingsText.licenceText}{' '}
        <a href="https://www.gnu.org/licenses/gpl-3.0.html" target="_blank" rel="noreferrer">
          {settingsText.licenceLink}
        </a>
      </p>
      <div>
        <Button small aria-expanded={isShown} onPress={toggle}>
          {isShown ? settingsText.noticesHide : settingsText.noticesShow}
        </Button>
      </div>
      {isShown && notices !== undefined && (
        <pre className="licence-notices" tabIndex={0} aria-label={settingsText.licences}>
          {notices}
        </pre>
      )}
    </>
  );
}
