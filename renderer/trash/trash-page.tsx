import './trash.css';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { TrashBatch } from '../../shared/filing-view.ts';
import { Link } from '../app/link.tsx';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService, useServiceMutation } from '../app/use-service.ts';
import { problemWords } from '../text/problem-text.ts';
import { trashText } from '../text/trash-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TrashIcon } from '../ui/icons.tsx';
import { Panel } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { showToast } from '../ui/toast.tsx';

const PAGE = 50;
/** The service gives no more at once. */
const MOST = 200;

/** What was thrown away, and the way back for each. */
export function TrashPage() {
  const client = useQueryClient();
  const [limit, setLimit] = useState(PAGE);
  const trash = useService('trash.list', { limit }, { keepPrevious: true });
  useWindowEvent((event) => {
    if (event.type === 'assets') {
      void client.invalidateQueries({ queryKey: queryKey('trash.list') });
    }
  });
  const batches = trash.data?.batches;
  return (
    <Page
      title={trashText.title}
      above={
        <p className="small">
          <Link href={paths.settings}>{trashText.back}</Link>
        </p>
      }
    >
      {trash.error !== null && (
        <QueryProblem error={trash.error} onRetry={() => void trash.refetch()} />
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
            {trash.data?.nextCursor !== undefined && limit < MOST && (
              <div>
                <Button small onPress={() => setLimit(Math.min(limit + PAGE, MOST))}>
                  {trashText.more}
                </Button>
              </div>
            )}
          </Panel>
        </>
      )}
    </Page>
  );
}

function Batch({ batch }: { readonly batch: TrashBatch }) {
  const client = useQueryClient();
  const restore = useServiceMutation('assets.restore', {
    onSuccess: ({ assetIds }) => {
      showToast(
        batch.assetCount === 1
          ? trashText.restoredOne(trashText.names(batch))
          : trashText.restored(assetIds.length),
      );
      return client.invalidateQueries({ queryKey: queryKey('trash.list') });
    },
  });
  return (
    <li className="trash__batch">
      <div className="trash__words">
        <p className="trash__names" dir="auto">
          {trashText.names(batch)}
        </p>
        <p className="trash__facts quiet small">
          <span>{trashText.size(batch)}</span>
          <span>
            {trashText.thrown} <RelativeTime at={batch.trashedAt} />
          </span>
          {batch.emptiedAt !== undefined && <span>{trashText.emptied(batch.emptiedAt)}</span>}
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
