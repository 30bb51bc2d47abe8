export const LANGUAGES = ['en', 'de'] as const;

/** A language that every sentence of the window exists in. */
export type Language = (typeof LANGUAGES)[number];

/** Which way each is read; the pages lay themselves out by `dir`. */
export const DIRECTIONS: Readonly<Record<Language, 'ltr' | 'rtl'>> = { en: 'ltr', de: 'ltr' };

const STORAGE_KEY = 'roost.language';

/** What the person chose here; `system` follows the browser or computer. */
export function chosenLanguage(): Language | 'system' {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return LANGUAGES.find((language) => language === stored) ?? 'system';
  } catch {
    // Storage can be switched off in the browser, and there is none outside of one.
    return 'system';
  }
}

/** The first language asked for that we have, by its main part: `de-AT` is `de`; English without any. */
export function languageFor(asked: readonly string[]): Language {
  const mains = asked.map((each) => each.split('-')[0]?.toLowerCase());
  return mains.map((main) => LANGUAGES.find((each) => each === main)).find(Boolean) ?? 'en';
}

const chosen = chosenLanguage();

/** The language of the page, fixed from when it was loaded. */
export const pageLanguage: Language =
  chosen === 'system' ? languageFor(navigator.languages) : chosen;

/** Remembers a language and loads the page again in it. */
export function chooseLanguage(language: Language | 'system'): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // It cannot be remembered here, so there is no other language to load the page in.
    return;
  }
  location.reload();
}

/** The shape of texts, with any sentence where one stands: English that is one of two fixed sentences binds nobody. */
type Worded<Texts> = Texts extends string
  ? string
  : Texts extends (...values: infer Values) => infer Text
    ? (...values: Values) => Worded<Text>
    : Texts extends object
      ? { readonly [Name in keyof Texts]: Worded<Texts[Name]> }
      : Texts;

/** The texts of the page's language; both have to be there, of the same shape. */
export function inLanguage<Texts>(texts: {
  readonly en: Texts;
  readonly de: NoInfer<Worded<Texts>>;
}): Worded<Texts> {
  return (texts as Readonly<Record<Language, Worded<Texts>>>)[pageLanguage];
}
