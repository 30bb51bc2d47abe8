import './export.css';

import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef, useState } from 'react';

import type { ExportView } from '../../shared/export-view.ts';
import { classNames } from '../ui/class-names.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService, useServiceMutation } from '../app/use-service.ts';
import { exportText } from '../text/export-text.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { useLeaving } from './use-leaving.ts';

const SHOWN_COUNT = 3;
const NONE: readonly ExportView[] = [];

/**
 * Exports that run or ended lately, on every page; nothing while there are none. Above what covers the page only those
 * that were begun there.
 */
export function ExportTray({ isCovered }: { readonly isCovered: boolean }) {
  const client = useQueryClient();
  const { data } = useService('exports.list', {});
  useWindowEvent((event) => {
    if (event.type !== 'exports') return;
    client.setQueryData(queryKey('exports.list', {}), { exports: event.exports });
  });
  const stop = useServiceMutation('export.stop');
  const [showsAll, setShowsAll] = useState(false);
  const before = useIdsBefore(isCovered, data?.exports ?? NONE);
  const exports = (data?.exports ?? NONE).filter(({ exportId }) => !before.has(exportId));
  const isShown = exports.length > 0;
  const tray = useHeightTold(isShown);
  if (!isShown) return null;
  const moreCount = exports.length - SHOWN_COUNT;
  return (
    <section
      className={classNames('export-tray', isCovered && 'export-tray--above dark-colours')}
      ref={tray}
      aria-label={exportText.list}
      // What covers the page holds the focus, and lets it go here.
      data-react-aria-top-layer="true"
    >
      <ul>
        {exports.slice(0, showsAll ? undefined : SHOWN_COUNT).map((view) => (
          <Export
            key={view.exportId}
            view={view}
            onStop={() => stop.mutate({ exportId: view.exportId })}
          />
        ))}
      </ul>
      {moreCount > 0 && (
        <Button
          small
          variant="quiet"
          aria-expanded={showsAll}
          onPress={() => setShowsAll((before) => !before)}
        >
          {showsAll ? exportText.fewer : exportText.more(moreCount)}
        </Button>
      )}
    </section>
  );
}

/** Tells the page's style how high the tray is, so that messages stand above it where there is no room beside it. */
function useHeightTold(isShown: boolean): RefObject<HTMLElement | null> {
  const tray = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = tray.current;
    if (!isShown || element === null) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() =>
      style.setProperty('--tray-height', `${element.offsetHeight}px`),
    );
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty('--tray-height');
    };
  }, [isShown]);
  return tray;
}

/** Of those that were there when something came to cover the page; none while nothing does. */
function useIdsBefore(isCovered: boolean, exports: readonly ExportView[]): ReadonlySet<string> {
  const [before, setBefore] = useState({ isCovered: false, ids: new Set<string>() });
  if (before.isCovered !== isCovered) {
    const ids = isCovered ? exports.map(({ exportId }) => exportId) : [];
    setBefore({ isCovered, ids: new Set(ids) });
  }
  return before.ids;
}

function Export({ view, onStop }: { readonly view: ExportView; readonly onStop: () => void }) {
  const isOpen = view.state === 'running' || view.state === 'waiting';
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  // What did not go well waits for the person.
  useLeaving(view.state === 'done' && view.problemCount === 0, isPointed || isFocused, onStop);
  return (
    <li
      className="export-tray__export"
      onPointerEnter={() => setIsPointed(true)}
      onPointerLeave={() => setIsPointed(false)}
      onFocus={() => setIsFocused(true)}
      onBlur={() => setIsFocused(false)}
    >
      <div className="export-tray__head">
        <span className="export-tray__target">{exportText.target(view)}</span>
        {isOpen ? (
          <Button small variant="quiet" onPress={onStop}>
            {exportText.stop}
          </Button>
        ) : (
          <IconButton size={16} label={exportText.dismiss} icon={CloseIcon} onPress={onStop} />
        )}
      </div>
      {view.state === 'running' && (
        <ProgressBar
          label={exportText.progress}
          fraction={view.byteCount === 0 ? undefined : view.doneByteCount / view.byteCount}
          valueLabel={exportText.state(view)}
        />
      )}
      <p className="small" role="status">
        {exportText.state(view)}
      </p>
      {view.problemCount > 0 && (
        <p className="small export-tray__problems">
          {exportText.problems(view.problemCount)}{' '}
          {view.problems
            .slice(0, 5)
            .map(({ fileName, reason }) => `${fileName} (${exportText.problem[reason]})`)
            .join(', ')}
          {view.problemCount > 5 && ' …'}
          {view.kind === 'zip' && ` ${exportText.inZip}`}
        </p>
      )}
    </li>
  );
}
