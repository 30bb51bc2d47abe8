import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import type { SettingsChange } from '../../shared/settings.ts';
import { queryKey, useServiceMutation } from '../app/use-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { settingsText } from '../text/settings-text.ts';
import { announce } from '../ui/live-region.ts';

const SAVED_SHOWN_MS = 3_000;

export interface SettingSaver {
  /** Saves at once; `onSaved` runs when the service has taken it. */
  readonly save: (change: SettingsChange, onSaved?: () => void) => void;
  readonly isSaving: boolean;
  /** True for a moment after saving. */
  readonly isSaved: boolean;
  /** Why the service did not take it, in words. */
  readonly problem: string | undefined;
  readonly clearProblem: () => void;
}

/** Saves one field by itself, so that a refusal stands beside what it is about. */
export function useSetting(): SettingSaver {
  const client = useQueryClient();
  const [savedCount, setSavedCount] = useState(0);
  const [isSaved, setIsSaved] = useState(false);
  const change = useServiceMutation('settings.change', {
    onSuccess: (answer) => {
      client.setQueryData(queryKey('settings.get', {}), answer);
      // They say which devices are quiet, and how they are looked at.
      void client.invalidateQueries({ queryKey: queryKey('coverage.list') });
      void client.invalidateQueries({ queryKey: queryKey('home.get') });
      announce(settingsText.saved);
      setIsSaved(true);
      setSavedCount((count) => count + 1);
    },
  });
  useEffect(() => {
    if (savedCount === 0) return;
    const timer = setTimeout(() => setIsSaved(false), SAVED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [savedCount]);
  return {
    save: (wanted, onSaved) => change.mutate(wanted, { ...(onSaved && { onSuccess: onSaved }) }),
    isSaving: change.isPending,
    isSaved,
    problem: change.error === null ? undefined : problemWords(change.error),
    clearProblem: () => change.reset(),
  };
}
