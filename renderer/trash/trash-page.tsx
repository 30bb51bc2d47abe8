import './trash.css';

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { MAX_CHOSEN_ASSETS } from '../../shared/action-calls.ts';
import type { RoostError } from '../../shared/error-catalogue.ts';
import type { TrashTotals } from '../../shared/trash-view.ts';
import type { WindowOutput } from '../../shared/window-api.ts';
import { callService } from '../app/call-service.ts';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { problemWords } from '../text/problem-text.ts';
import { trashText } from '../text/trash-text.ts';
import { Button } from '../ui/button.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TrashIcon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { showToast, withdrawUndo } from '../ui/toast.tsx';
import { restoredWords } from './outcome-words.ts';
import { TrashDays } from './trash-days.tsx';
import { TrashGrid } from './trash-grid.tsx';
import { TrashViewer } from './trash-viewer.tsx';

const PAGE_SIZE = 200;
const QUERY_KEY = ['trash.list'];

/** Pictures of what was thrown away: bringing back some or all, and deleting for good. */
export function TrashPage() {
  const trash = useTrash();
  const first = trash.data?.pages[0];
  const assets = trash.data?.pages.flatMap((page) => page.assets) ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  /** What is to be deleted for good, if the person confirms it. */
  const [asksFor, setAsksFor] = useState<'all' | readonly string[]>();
  const [openId, setOpenId] = useState<string>();
  const open = assets.find(({ assetId }) => assetId === openId);
  // What is chosen and not loaded is all that is not loaded: Select all took it.
  const there = trash.hasNextPage
    ? [...chosen]
    : assets.filter(({ assetId }) => chosen.has(assetId)).map(({ assetId }) => assetId);
  const isChoosing = there.length > 0;
  const client = useQueryClient();
  const onDone = (): Promise<void> => client.invalidateQueries({ queryKey: QUERY_KEY });
  const restore = useServiceMutation('trash.restore', {
    onSuccess: (begun, { assetIds }) => {
      forget(assetIds);
      // Before what is shown is asked for again: the view stays open over the next one.
      if (open !== undefined && assetIds?.includes(open.assetId) === true) showBeside(open);
      const only =
        assetIds?.length === 1 ? assets.find((each) => each.assetId === assetIds[0]) : undefined;
      const count = assetIds?.length ?? first?.totals.assetCount ?? 0;
      showToast(restoredWords(only?.fileName ?? count, begun));
      return onDone();
    },
    onError: (error) => showToast(trashText.restoreFailed(problemWords(error))),
  });
  const empty = useServiceMutation('trash.empty', {
    onSuccess: () => {
      withdrawUndo();
      return onDone();
    },
  });
  const all = useServiceMutation('trash.ids', {
    onSuccess: ({ assetIds, isCut }) => {
      setChosen(new Set(assetIds));
      if (isCut) showToast(trashText.cut(MAX_CHOSEN_ASSETS));
    },
    onError: (error) => showToast(problemWords(error)),
  });

  /** What was decided about is not chosen any more; without ids everything was. */
  function forget(assetIds: readonly string[] | undefined): void {
    const decided = new Set(assetIds);
    setChosen((before) =>
      assetIds === undefined ? new Set() : new Set([...before].filter((id) => !decided.has(id))),
    );
  }

  function bringBack(): void {
    restore.mutate(isChoosing ? { assetIds: there } : {});
  }

  /** What is open goes from here: the next one is to be decided about. */
  function showBeside({ assetId }: Trashed): void {
    const at = assets.findIndex((each) => each.assetId === assetId);
    setOpenId((assets[at + 1] ?? assets[at - 1])?.assetId);
  }

  function deleteForGood(): void {
    if (asksFor === undefined) return;
    empty.mutate(asksFor === 'all' ? {} : { assetIds: [...asksFor] }, {
      onSuccess: () => {
        if (open !== undefined) showBeside(open);
        setAsksFor(undefined);
        forget(asksFor === 'all' ? undefined : asksFor);
      },
      onError: (error) => {
        setAsksFor(undefined);
        showToast(problemWords(error));
      },
    });
  }

  const askedIds = asksFor === 'all' ? undefined : new Set(asksFor);
  const askedCount = askedIds === undefined ? (first?.totals.assetCount ?? 0) : askedIds.size;
  return (
    <Page title={trashText.title}>
      {trash.error !== null && (
        <QueryProblem error={trash.error} onRetry={() => void trash.refetch()} />
      )}
      {first && (
        <>
          <p>
            {trashText.intro} {trashText.kept(first.emptyAfterDays)}
          </p>
          <TrashDays days={first.emptyAfterDays} />
          {first.emptying && (
            <ProgressBar
              label={trashText.emptying}
              fraction={first.emptying.doneCount / Math.max(1, first.emptying.fileCount)}
              valueLabel={trashText.emptyingHow(first.emptying.doneCount, first.emptying.fileCount)}
            />
          )}
          {assets.length === 0 ? (
            <EmptyState icon={TrashIcon} title={trashText.empty.title}>
              {trashText.empty.next}
            </EmptyState>
          ) : (
            <>
              <div className="trash__bar" role="group" aria-label={trashText.title}>
                <span className="trash__count" aria-live="polite">
                  {isChoosing ? trashText.selected(there.length) : trashText.totals(first.totals)}
                </span>
                <Button
                  small
                  variant="quiet"
                  isPending={all.isPending}
                  onPress={() => (isChoosing ? setChosen(new Set()) : all.mutate({}))}
                >
                  {isChoosing ? trashText.selectNone : trashText.selectAll}
                </Button>
                <Button small isPending={restore.isPending} onPress={bringBack}>
                  {isChoosing ? trashText.restore : trashText.restoreAll}
                </Button>
                <div className="trash__for-good">
                  <Button
                    small
                    variant="danger"
                    isDisabled={!isChoosing}
                    onPress={() => setAsksFor(there)}
                  >
                    {trashText.deleteSome}
                  </Button>
                  <Button small variant="danger" onPress={() => setAsksFor('all')}>
                    {trashText.emptyAll}
                  </Button>
                </div>
              </div>
              <p className="quiet small trash__hint">{trashText.openHint}</p>
              <TrashGrid
                assets={assets}
                emptyAfterDays={first.emptyAfterDays}
                chosen={chosen}
                onToggle={(assetId) => setChosen(toggled(chosen, assetId))}
                onOpen={setOpenId}
              />
              {trash.hasNextPage && (
                <Button
                  isPending={trash.isFetchingNextPage}
                  onPress={() => void trash.fetchNextPage()}
                >
                  {trashText.more}
                </Button>
              )}
            </>
          )}
          <Returned returned={first.returned} />
        </>
      )}
      {open !== undefined && (
        <TrashViewer
          assets={assets}
          asset={open}
          isPending={restore.isPending}
          onShow={setOpenId}
          onRestore={() => restore.mutate({ assetIds: [open.assetId] })}
          onDelete={() => setAsksFor([open.assetId])}
          onClose={() => setOpenId(undefined)}
        />
      )}
      <ConfirmDialog
        title={trashText.question(askedCount)}
        isOpen={asksFor !== undefined}
        onCancel={() => setAsksFor(undefined)}
        onConfirm={deleteForGood}
        confirmLabel={trashText.confirm}
        cancelLabel={trashText.cancel}
        isPending={empty.isPending}
        isDanger
      >
        <p>
          {first &&
            trashText.questionText(
              ...(askedIds === undefined
                ? ([first.totals.fileCount, first.totals.byteCount] as const)
                : sizeOf(first.totals, assets, askedIds)),
            )}
        </p>
        <p>{trashText.questionAgain}</p>
      </ConfirmDialog>
    </Page>
  );
}

type Trashed = WindowOutput<'trash.list'>['assets'][number];

/** Of what is chosen: of what is loaded, and all the rest where that is chosen, too. */
function sizeOf(
  totals: TrashTotals,
  assets: readonly Trashed[],
  chosen: ReadonlySet<string>,
): readonly [fileCount: number, byteCount: number] {
  const loaded = new Set(assets.map(({ assetId }) => assetId));
  const isRestChosen = [...chosen].some((assetId) => !loaded.has(assetId));
  const counted = assets.filter(({ assetId }) => chosen.has(assetId) !== isRestChosen);
  const fileCount = counted.reduce((sum, each) => sum + each.fileCount, 0);
  const byteCount = counted.reduce((sum, each) => sum + each.byteCount, 0);
  return isRestChosen
    ? [totals.fileCount - fileCount, totals.byteCount - byteCount]
    : [fileCount, byteCount];
}

function toggled(chosen: ReadonlySet<string>, assetId: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(assetId)) next.add(assetId);
  return next;
}

function Returned({ returned }: { readonly returned: WindowOutput<'trash.list'>['returned'] }) {
  if (returned.length === 0) return null;
  return (
    <section>
      <h2 className="trash__heading">{trashText.returnedTitle}</h2>
      <ul className="trash__returned">
        {returned.map(({ assetId, fileName, returnedAt }) => (
          <li key={assetId}>
            {trashText.returned(fileName)}{' '}
            <span className="quiet small">
              <RelativeTime at={returnedAt} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The trash page by page; asked for anew whenever files are moved. */
function useTrash() {
  const client = useQueryClient();
  useWindowEvent((event) => {
    if (event.type === 'filing' || event.type === 'anew' || event.type === 'returned') {
      void client.invalidateQueries({ queryKey: QUERY_KEY });
    }
  });
  return useInfiniteQuery<
    WindowOutput<'trash.list'>,
    RoostError,
    { readonly pages: readonly WindowOutput<'trash.list'>[] },
    readonly string[],
    string | undefined
  >({
    queryKey: QUERY_KEY,
    queryFn: ({ pageParam, signal }) =>
      callService(
        'trash.list',
        { limit: PAGE_SIZE, ...(pageParam !== undefined && { before: pageParam }) },
        signal,
      ),
    initialPageParam: undefined,
    getNextPageParam: (last) => last.nextCursor,
    refetchOnMount: 'always',
  });
}
