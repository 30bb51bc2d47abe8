import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { type FilingBatch, REFILE_REASONS, type RefilePlan } from '../../shared/filing-view.ts';
import { QueryProblem } from '../app/query-problem.tsx';
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
  const filing = useService('filing.get', { plan: 'yes' });
  const askAnew = useAskAnew(template);
  const stop = useServiceMutation('filing.stop', { onSuccess: askAnew });
  const undo = useServiceMutation('filing.undo', { onSuccess: askAnew });
  if (filing.data === undefined) {
    if (filing.error === null) return null;
    return <QueryProblem error={filing.error} onRetry={() => void filing.refetch()} />;
  }
  const { plan, batches } = filing.data;
  const running = batches.find(({ state }) => state === 'running');
  const ended = batches.filter(
    ({ kind, state }) => (kind === 'refile' || kind === 'undo') && state !== 'running',
  );
  const error = stop.error ?? undo.error;
  return (
    <section className="refiling" aria-label={words.title}>
      <h3>{words.title}</h3>
      {running === undefined ? (
        <Planned plan={plan} onStarted={askAnew} />
      ) : (
        <Running batch={running} isStopping={stop.isPending} onStop={() => stop.mutate({})} />
      )}
      {error !== null && <QueryProblem error={error} />}
      {ended.length > 0 && (
        <div className="refiling__batches">
          <p className="quiet small">{filingText.batches}</p>
          <ul>
            {ended.map((batch) => (
              <EndedBatch
                key={batch.batchId}
                batch={batch}
                isBusy={running !== undefined || undo.isPending}
                onUndo={() => undo.mutate({ batchId: batch.batchId })}
              />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** Asks how things stand: when called, and by itself when another template is in force. */
function useAskAnew(template: string): () => Promise<void> {
  const client = useQueryClient();
  const known = useRef(template);
  useEffect(() => {
    if (known.current === template) return;
    known.current = template;
    void client.invalidateQueries({ queryKey: queryKey('filing.get') });
  }, [client, template]);
  return () => client.invalidateQueries({ queryKey: queryKey('filing.get') });
}

function Planned(props: {
  readonly plan: RefilePlan | undefined;
  readonly onStarted: () => Promise<void>;
}) {
  const { plan, onStarted } = props;
  const [isAsking, setIsAsking] = useState(false);
  const refile = useServiceMutation('filing.refile', {
    onSuccess: async () => {
      await onStarted();
      setIsAsking(false);
    },
  });
  if (plan === undefined) return <p className="quiet">{words.unknown}</p>;
  if (plan.fileCount === 0) return <p>{words.none}</p>;
  return (
    <>
      <p>{words.some(plan)}</p>
      <Reasons plan={plan} />
      <Examples plan={plan} />
      <div>
        <Button onPress={() => setIsAsking(true)}>{words.start}</Button>
      </div>
      <ConfirmDialog
        title={words.question(plan.fileCount)}
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

function Reasons({ plan: { reasons } }: { readonly plan: RefilePlan }) {
  const given = REFILE_REASONS.filter((reason) => reasons[reason] > 0);
  return (
    <ul className="quiet small">
      {given.map((reason) => (
        <li key={reason}>{words.reason(reason, reasons[reason])}</li>
      ))}
    </ul>
  );
}

function Examples({ plan: { examples, fileCount } }: { readonly plan: RefilePlan }) {
  return (
    <ul className="moves" aria-label={words.examples}>
      {examples.map(({ from, to }) => (
        <li key={from} className="move">
          <span className="move__label quiet small">{words.from}</span>
          <span className="mono">{from}</span>
          <span className="move__label quiet small">{words.to}</span>
          <span className="mono">{to}</span>
        </li>
      ))}
      {fileCount > examples.length && (
        <li className="quiet small">{words.more(fileCount - examples.length)}</li>
      )}
    </ul>
  );
}

function Running(props: {
  readonly batch: FilingBatch;
  readonly isStopping: boolean;
  readonly onStop: () => void;
}) {
  const { batch, isStopping, onStop } = props;
  return (
    <>
      <ProgressBar
        label={words.progress}
        fraction={batch.count === 0 ? undefined : Math.min(1, batch.doneCount / batch.count)}
        valueLabel={filingText.run(batch)}
      />
      <p className="refiling__run">{filingText.run(batch)}</p>
      <div>
        <Button isPending={isStopping} onPress={onStop}>
          {words.stop}
        </Button>
      </div>
    </>
  );
}

function EndedBatch(props: {
  readonly batch: FilingBatch;
  readonly isBusy: boolean;
  readonly onUndo: () => void;
}) {
  const { batch, isBusy, onUndo } = props;
  return (
    <li className="refiling__batch">
      <div>
        <p>{filingText.batch(batch)}</p>
        <p className="quiet small">
          <RelativeTime at={batch.finishedAt ?? batch.startedAt} />
        </p>
      </div>
      {batch.kind === 'refile' && batch.canUndo && (
        <Button
          small
          aria-label={filingText.undoLabel(batch.fileCount)}
          isDisabled={isBusy}
          onPress={onUndo}
        >
          {filingText.undo}
        </Button>
      )}
    </li>
  );
}
