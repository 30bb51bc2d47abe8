import { useQueryClient } from '@tanstack/react-query';

import type { RoostError } from '../../shared/error-catalogue.ts';
import type { Dismissible } from '../../shared/home-view.ts';
import { queryKey, useServiceMutation } from '../app/use-service.ts';
import { homeText } from '../text/home-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { showToast } from '../ui/toast.tsx';

/** Puts away what went wrong and needs nobody, until it goes wrong again; it can be taken back. */
export function useDismiss(): (what: Dismissible) => void {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: queryKey('home.get') });
  const onError = (error: RoostError) => showToast(problemWords(error));
  const undo = useServiceMutation('home.undismiss', { onSuccess, onError });
  const { mutate } = useServiceMutation('home.dismiss', {
    onSuccess: ({ dismissedAt }) => {
      const words = homeText.attention;
      showToast(words.dismissed, {
        label: words.undo,
        isUndo: true,
        onPress: () => undo.mutate({ dismissedAt }),
      });
      return onSuccess();
    },
    onError,
  });
  return (what) => mutate({ what });
}
