import './previews.css';

import { useQueryClient } from '@tanstack/react-query';

import { isPreviewReason, previewReasonFacts } from '../../shared/preview-reasons.ts';
import type { PreviewFailure } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { queryKey, useServiceMutation } from '../app/use-service.ts';
import { previewReasonText } from '../text/preview-reason-text.ts';
import { previewsText } from '../text/previews-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { CheckIcon, RetryIcon } from '../ui/icons.tsx';
import { announce } from '../ui/live-region.ts';
import { Panel } from '../ui/panel.tsx';
import { showToast } from '../ui/toast.tsx';
import { usePreviewFailures } from './use-preview-failures.ts';

/** The files Roost has no picture of, why, and another try for one or all of them. */
export function PreviewsPage() {
  const found = usePreviewFailures();
  const client = useQueryClient();
  const retryAll = useServiceMutation('previews.retryAll', {
    onSuccess: () => {
      showToast(previewsText.retryAllAsked);
      return client.invalidateQueries({ queryKey: queryKey('previews.failures') });
    },
  });
  const { failures, counts } = found;
  const hasSome = failures !== undefined && failures.length > 0;
  return (
    <Page
      title={previewsText.title}
      above={
        <p className="small">
          <Link href={paths.settings}>{previewsText.back}</Link>
        </p>
      }
      actions={
        hasSome && (
          <Button
            icon={RetryIcon}
            isPending={retryAll.isPending}
            onPress={() => retryAll.mutate({})}
          >
            {previewsText.retryAll}
          </Button>
        )
      }
    >
      {found.error !== null && <QueryProblem error={found.error} onRetry={found.retry} />}
      {retryAll.error !== null && <QueryProblem error={retryAll.error} />}
      {failures?.length === 0 && (
        <EmptyState icon={CheckIcon} title={previewsText.none.title}>
          {previewsText.none.next}
        </EmptyState>
      )}
      {hasSome && (
        <>
          <p>{previewsText.intro}</p>
          <Panel title={previewsText.reasons}>
            <ul className="reasons">
              {counts.map(([reason, count]) => (
                <li key={reason} className="reason">
                  <span>{previewReasonText(reason)}</span>
                  <span className="reason__count quiet">{previewsText.count(count)}</span>
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={previewsText.list}>
            <ul className="failures">
              {failures.map((failure) => (
                <Failure key={failure.receiptId} failure={failure} />
              ))}
            </ul>
            {found.hasMore && (
              <div>
                <Button small isPending={found.isLoadingMore} onPress={found.loadMore}>
                  {previewsText.more}
                </Button>
              </div>
            )}
          </Panel>
        </>
      )}
    </Page>
  );
}

function Failure({ failure }: { readonly failure: PreviewFailure }) {
  const { assetId, fileName, reason, attempts } = failure;
  const client = useQueryClient();
  const retry = useServiceMutation('previews.retry', {
    onSuccess: () => {
      announce(previewsText.retryAsked(fileName));
      return client.invalidateQueries({ queryKey: queryKey('previews.failures') });
    },
  });
  return (
    <li className="failure">
      <div className="failure__words">
        <Link className="failure__name" dir="auto" href={paths.photo(assetId)}>
          {fileName}
        </Link>
        <p className="quiet small">
          {previewReasonText(reason)} {previewsText.tried(attempts)}
        </p>
        {retry.error !== null && (
          <p className="field__error" role="alert">
            {problemWords(retry.error)}
          </p>
        )}
      </div>
      {mayRetry(reason) && (
        <Button
          small
          aria-label={previewsText.retryOf(fileName)}
          isPending={retry.isPending}
          onPress={() => retry.mutate({ assetId })}
        >
          {previewsText.retry}
        </Button>
      )}
    </li>
  );
}

/** A reason this window does not know may be one that passes. */
function mayRetry(reason: string): boolean {
  return !isPreviewReason(reason) || previewReasonFacts(reason).mayRetry;
}
