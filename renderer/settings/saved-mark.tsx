import { settingsText } from '../text/settings-text.ts';
import { CheckIcon } from '../ui/icons.tsx';

/** "Saved", for a moment. Screen readers hear it from the live region. */
export function SavedMark({ isShown }: { readonly isShown: boolean }) {
  if (!isShown) return null;
  return (
    <p className="saved-mark" aria-hidden="true">
      <CheckIcon size={16} />
      {settingsText.saved}
    </p>
  );
}
