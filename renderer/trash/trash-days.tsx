import { useQueryClient } from '@tanstack/react-query';

import { useServiceMutation } from '../app/use-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { trashText } from '../text/trash-text.ts';
import { Select } from '../ui/select.tsx';

const CHOICES = [7, 30, 90, 365, 0] as const;

/** After how many days in the trash a photo is deleted for good. */
export function TrashDays({ days }: { readonly days: number }) {
  const client = useQueryClient();
  const change = useServiceMutation('settings.change', {
    onSuccess: async () => {
      for (const queryKey of [['trash.list'], ['settings.get']]) {
        await client.invalidateQueries({ queryKey });
      }
    },
  });
  const choices = CHOICES.some((each) => each === days) ? CHOICES : [days, ...CHOICES];
  return (
    <div>
      <Select
        inline
        label={trashText.days}
        value={String(days)}
        options={choices.map((each) => ({ id: String(each), label: trashText.daysOption(each) }))}
        onChange={(id) => change.mutate({ emptyTrashAfterDays: Number(id) })}
        isDisabled={change.isPending}
      />
      <p className="quiet small">{trashText.daysHint}</p>
      {change.error !== null && (
        <p className="field__error" role="alert">
          {problemWords(change.error)}
        </p>
      )}
    </div>
  );
}
