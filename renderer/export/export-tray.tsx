import './export.css';

import { useQueryClient } from '@tanstack/react-query';

import type { ExportView } from '../../shared/export-view.ts';
import { useWindowEvent } from '../app/service-context.tsx';
import { queryKey, useService, useServiceMutation } from '../app/use-service.ts';
import { exportText } from '../text/export-text.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';

/** Exports that run or ended lately, on every page; nothing while there are none. */
export function ExportTray() {
  const client = useQueryClient();
  const { data } = useService('exports.list', {});
  useWindowEvent((event) => {
    if (event.type !== 'exports') return;
    client.setQueryData(queryKey('exports.list', {}), { exports: event.exports });
  });
  const stop = useServiceMutation('export.stop');
  if (data === undefined || data.exports.length === 0) return null;
  return (
    <section className="export-tray" aria-label={exportText.list}>
      <ul>
        {data.exports.slice(0, 3).map((view) => (
          <Export
            key={view.exportId}
            view={view}
            onStop={() => stop.mutate({ exportId: view.exportId })}
          />
        ))}
      </ul>
    </section>
  );
}

function Export({ view, onStop }: { readonly view: ExportView; readonly onStop: () => void }) {
  const isOpen = view.state === 'running' || view.state === 'waiting';
  return (
    <li className="export-tray__export">
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
