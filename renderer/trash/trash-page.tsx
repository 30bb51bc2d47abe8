import './trash.css';

import { useQueryClient } from '@tanstack/react-query';

import type { FilingBatch } from '../../shared/filing-view.ts';
import { Link } from '../app/link.tsx';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { queryKey, useService, useServiceMutation } from '../app/use-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { trashText } from '../text/trash-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TrashIcon } from '../ui/icons.tsx';
import { Panel } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { showToast } from '../ui/toast.tsx';

/** What was thrown away at once, and the way back for each. */
export function TrashPage() {
  const filing = useService('filing.get', {});
  const batches = filing.data?.batches.filter(({ kind, canUndo }) => kind === 'trash' && canUndo);
  return (
    <Page
      title={trashText.title}
      above={
        <p className="small">
          <Link href={paths.settings}>{trashText.back}</Link>
        </p>
      }
    >
      {filing.error !== null && (
        <QueryProblem error={filing.error} onRetry={() => void filing.refetch()} />
      )}
      {batches?.length === 0 && (
        <EmptyState icon={TrashIcon} title={trashText.empty.title}>
          {trashText.empty.next}
        </EmptyState>
      )}
      {batches !== undefined && batches.length > 0 && (
        <>
          <p>{trashText.intro}</p>
          <Panel title={trashText.list}>
            <ul className="trash">
              {batches.map((batch) => (
                <Batch key={batch.batchId} batch={batch} />
              ))}
            </ul>
          </Panel>
        </>
      )}
    </Page>
  );
}

function Batch({ batch }: { readonly batch: FilingBatch }) {
  const client = useQueryClient();
  const restore = useServiceMutation('assets.restore', {
    onSuccess: () => {
      showToast(trashText.restored(batch));
      return client.invalidateQueries({ queryKey: queryKey('filing.get') });
    },
  });
  return (
    <li className="trash__batch">
      <div className="trash__words">
        <p className="trash__names">{trashText.batch(batch)}</p>
        <p className="quiet small">
          {trashText.thrown} <RelativeTime at={batch.startedAt} />
        </p>
        {restore.error !== null && (
          <p className="field__error" role="alert">
            {problemWords(restore.error)}
          </p>
        )}
      </div>
      <Button
        small
        aria-label={trashText.restoreLabel(batch)}
        isPending={restore.isPending}
        onPress={() => restore.mutate({ batchId: batch.batchId })}
      >
        {trashText.restore}
      </Button>
    </li>
  );
}
