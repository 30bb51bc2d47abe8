import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { TrashTotals } from '../../shared/trash-view.ts';
import { useServiceMutation } from '../app/use-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { trashText } from '../text/trash-text.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { Select } from '../ui/select.tsx';

const CHOICES = [7, 30, 90, 365, 0] as const;

/** A shorter time that would delete something at once. */
interface Shorter extends TrashTotals {
  readonly days: number;
}

/** After how many days in the trash a photo is deleted for good; asks before that takes what is in it already. */
export function TrashDays({ days }: { readonly days: number }) {
  const client = useQueryClient();
  const [asked, setAsked] = useState<Shorter>();
  const change = useServiceMutation('settings.change', {
    onSuccess: async () => {
      for (const queryKey of [['trash.list'], ['settings.get']]) {
        await client.invalidateQueries({ queryKey });
      }
      setAsked(undefined);
    },
  });
  const due = useServiceMutation('trash.due', {
    onSuccess: (totals, { afterDays }) => {
      if (totals.fileCount === 0) change.mutate({ emptyTrashAfterDays: afterDays });
      else setAsked({ ...totals, days: afterDays });
    },
  });

  function choose(next: number): void {
    change.reset();
    const isShorter = next !== 0 && (days === 0 || next < days);
    if (isShorter) due.mutate({ afterDays: next });
    else change.mutate({ emptyTrashAfterDays: next });
  }

  const choices = CHOICES.some((each) => each === days) ? CHOICES : [days, ...CHOICES];
  const error = due.error ?? change.error;
  return (
    <div>
      <Select
        inline
        label={trashText.days}
        value={String(days)}
        options={choices.map((each) => ({ id: String(each), label: trashText.daysOption(each) }))}
        onChange={(id) => choose(Number(id))}
        isDisabled={change.isPending || due.isPending}
      />
      <p className="quiet small">{trashText.daysHint}</p>
      {error !== null && (
        <p className="field__error" role="alert">
          {problemWords(error)}
        </p>
      )}
      <ConfirmDialog
        title={trashText.question(asked?.assetCount ?? 0)}
        isOpen={asked !== undefined}
        onCancel={() => setAsked(undefined)}
        onConfirm={() => asked && change.mutate({ emptyTrashAfterDays: asked.days })}
        confirmLabel={trashText.confirm}
        cancelLabel={trashText.cancel}
        isPending={change.isPending}
        isDanger
      >
        {asked && (
          <>
            <p>{trashText.shorter(asked.days)}</p>
            <p>{trashText.questionText(asked.fileCount, asked.byteCount)}</p>
            <p>{trashText.questionAgain}</p>
          </>
        )}
        {change.error !== null && (
          <p className="field__error" role="alert">
            {problemWords(change.error)}
          </p>
        )}
      </ConfirmDialog>
    </div>
  );
}
