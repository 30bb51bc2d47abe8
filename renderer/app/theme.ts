import { useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;

/** `system` follows the computer. */
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'roost.theme';
const listeners = new Set<() => void>();

function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return THEMES.find((theme) => theme === stored) ?? 'system';
  } catch {
    // Storage can be switched off in the browser; the computer's colours are then all there is.
    return 'system';
  }
}

/** Applies the person's choice from an earlier visit; runs before the first paint. */
export function applyStoredTheme(): void {
  applyTheme(storedTheme());
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function setTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // Applied for this visit; it cannot be remembered.
  }
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => THEMES.find((theme) => theme === document.documentElement.dataset['theme']) ?? 'system',
  );
}
