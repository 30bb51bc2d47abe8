import { type RefObject, useLayoutEffect, useRef } from 'react';

import { appText, LANGUAGE_NAMES } from '../text/app-text.ts';
import { chooseLanguage, chosenLanguage, LANGUAGES } from '../text/language.ts';
import { Select } from '../ui/select.tsx';

/** Which language the window speaks. Another one loads the page again, and the person goes on where they were. */
export function LanguageSelect() {
  const words = appText.language;
  const place = useRef<HTMLDivElement>(null);
  useReturn(place);
  return (
    <div ref={place}>
      <Select
        label={words.label}
        value={chosenLanguage()}
        options={[
          { id: 'system', label: words.system },
          ...LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] })),
        ]}
        onChange={(language) => {
          rememberTop(place.current);
          chooseLanguage(language);
        }}
      />
    </div>
  );
}

/** Where the choice stood in the window, in CSS pixels, until the page is there again. */
const TOP_KEY = 'roost.language.top';

function rememberTop(element: HTMLElement | null): void {
  if (element === null) return;
  try {
    sessionStorage.setItem(TOP_KEY, String(element.getBoundingClientRect().top));
  } catch {
    // Without storage the language cannot be chosen either.
  }
}

/** Gives it once. */
function takeTop(): number | undefined {
  try {
    const stored = sessionStorage.getItem(TOP_KEY);
    sessionStorage.removeItem(TOP_KEY);
    return stored === null ? undefined : Number(stored);
  } catch {
    return undefined;
  }
}

/** Puts the choice back to where it stood, and the focus onto it. */
function useReturn(place: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const top = takeTop();
    const element = place.current;
    if (top === undefined || element === null) return;
    element.closest('.page')?.scrollBy(0, element.getBoundingClientRect().top - top);
    element.querySelector('button')?.focus({ preventScroll: true });
  }, [place]);
}
