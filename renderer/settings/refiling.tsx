import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import type { FilingBatch, FilingRun, FilingStatus } from '../../shared/filing-view.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService, useServiceMutation } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { filingText } from '../text/filing-text.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';

const words = filingText.refile;

/** How many files lie elsewhere than the template says, and moving them there, watched and taken back. */
export function Refiling({ template }: { readonly template: string }) {
  const client = useQueryClient();
  const filing = useService('filing.get', {});
  const keep = (status: FilingStatus): void => {
    client.setQueryData<FilingStatus>(queryKey('filing.get', {}), status);
  };
  useWindowEvent((event) => {
    if (event.type === 'filing') keep(event.status);
  });
  const known = useRef(template);
  useEffect(() => {
    if (known.current === template) return;
    known.current = template;
    void client.invalidateQueries({ queryKey: queryKey('filing.get') });
  }, [client, template]);
  const stop = useServiceMutation('filing.stop', { onSuccess: keep });
  const undo = useServiceMutation('filing.undo', { onSuccess: keep });
  const status = filing.data;
  if (status === undefined) {
    if (filing.error === null) return null;
    return <QueryProblem error={filing.error} onRetry={() => void filing.refetch()} />;
  }
  const { run, batches } = status;
  const error = stop.error ?? undo.error;
  return (
    <section className="refiling" aria-label={words.title}>
      <h3>{words.title}</h3>
      {run === undefined ? (
        <Misplaced status={status} onStarted={keep} />
      ) : (
        <Running run={run} onStop={() => stop.mutate({})} />
      )}
      {error !== null && <QueryProblem error={error} />}
      {batches.length > 0 && (
        <div className="refiling__batches">
          <p className="quiet small">{filingText.batches}</p>
          <ul>
            {batches.map((batch) => (
              <Batch
                key={batch.batchId}
                batch={batch}
                isBusy={run !== undefined || undo.isPending}
                onUndo={() => undo.mutate({ batchId: batch.batchId })}
              />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function Misplaced(props: {
  readonly status: FilingStatus;
  readonly onStarted: (status: FilingStatus) => void;
}) {
  const { misplacedCount, examples } = props.status;
  const [isAsking, setIsAsking] = useState(false);
  const refile = useServiceMutation('filing.refile', {
    onSuccess: (status) => {
      setIsAsking(false);
      props.onStarted(status);
    },
  });
  if (misplacedCount === 0) return <p>{words.none}</p>;
  return (
    <>
      <p>{words.some(misplacedCount)}</p>
      {examples.length > 0 && (
        <ul className="moves" aria-label={words.examples}>
          {examples.map(({ from, to }) => (
            <li key={from} className="move">
              <span className="move__label quiet small">{words.from}</span>
              <span className="mono">{from}</span>
              <span className="move__label quiet small">{words.to}</span>
              <span className="mono">{to}</span>
            </li>
          ))}
          {misplacedCount > examples.length && (
            <li className="quiet small">{words.more(misplacedCount - examples.length)}</li>
          )}
        </ul>
      )}
      <div>
        <Button onPress={() => setIsAsking(true)}>{words.start}</Button>
      </div>
      <ConfirmDialog
        title={words.question(misplacedCount)}
        isOpen={isAsking}
        isPending={refile.isPending}
        confirmLabel={words.confirm}
        cancelLabel={appText.cancel}
        onCancel={() => setIsAsking(false)}
        onConfirm={() => refile.mutate({})}
      >
        <p>{words.questionText}</p>
        <p>{words.questionOther}</p>
        {refile.error !== null && <QueryProblem error={refile.error} />}
      </ConfirmDialog>
    </>
  );
}

function Running({ run, onStop }: { readonly run: FilingRun; readonly onStop: () => void }) {
  const { doneCount, totalCount, state } = run;
  return (
    <>
      <ProgressBar
        label={words.progress}
        fraction={totalCount === 0 ? undefined : doneCount / totalCount}
        valueLabel={filingText.run(run)}
      />
      <p className="refiling__run">{filingText.run(run)}</p>
      <div>
        <Button isDisabled={state === 'stopping'} onPress={onStop}>
          {words.stop}
        </Button>
      </div>
    </>
  );
}

function Batch(props: {
  readonly batch: FilingBatch;
  readonly isBusy: boolean;
  readonly onUndo: () => void;
}) {
  const { batch, isBusy, onUndo } = props;
  return (
    <li className="refiling__batch">
      <span>
        {filingText.batch(batch)}{' '}
        <span className="quiet small">
          <RelativeTime at={batch.finishedAt} />
        </span>
      </span>
      {!batch.isUndone && batch.movedCount > 0 && (
        <Button
          small
          aria-label={filingText.undoLabel(batch.movedCount)}
          isDisabled={isBusy}
          onPress={onUndo}
        >
          {filingText.undo}
        </Button>
      )}
    </li>
  );
}
