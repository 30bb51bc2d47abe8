import './export.css';

import { useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import { EXPORT_FILES, exportZipPath, type ExportFiles } from '../../shared/export-view.ts';
import { shellBridge } from '../app/shell-bridge.ts';
import { useService, useServiceMutation } from '../app/use-service.ts';
import { exportText } from '../text/export-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Select } from '../ui/select.tsx';
import { TextField } from '../ui/text-field.tsx';

type Target = 'zip' | 'folder';
type Photos = 'all' | 'chosen';

/** Asks which files of chosen photos are exported, and where to. */
export function ExportDialog(props: {
  readonly assetIds: readonly string[];
  /** More than these: everything that is shown, which can be exported, too. */
  readonly everything?: { readonly filter: AssetFilter; readonly asOf: number } | undefined;
  /** Of a photo that is looked at. */
  readonly fileName?: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const { isOpen, everything } = props;
  const [photos, setPhotos] = useState<Photos>('all');
  const isEverything = everything !== undefined && photos === 'all';
  const chosen = isEverything ? everything : { assetIds: [...props.assetIds] };
  const [files, setFiles] = useState<ExportFiles>('everything');
  const [target, setTarget] = useState<Target>('zip');
  const [folder, setFolder] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const size = useService('assets.measure', { ...chosen, files }, { enabled: isOpen });
  const begin = useServiceMutation('exports.begin', {
    onSuccess: ({ exportId, kind }) => {
      if (kind === 'zip') download(exportZipPath(exportId));
      onClose();
    },
  });
  function onClose(): void {
    // The next time nothing of this attempt is said any more.
    begin.reset();
    setIsAsked(false);
    props.onClose();
  }
  const isWhole = /^(\/|[A-Za-z]:[\\/]|\\\\)./.test(folder.trim());
  const isMissing = target === 'folder' && !isWhole;

  function start(): void {
    setIsAsked(true);
    if (isMissing) return;
    begin.mutate({ ...chosen, files, ...(target === 'folder' && { folder: folder.trim() }) });
  }

  const shell = shellBridge();
  return (
    <Dialog
      wide
      title={
        isEverything
          ? exportText.titleOfAll
          : exportText.title(props.fileName ?? props.assetIds.length)
      }
      isOpen={isOpen}
      onClose={onClose}
      closeLabel={exportText.close}
      actions={
        <>
          <Button variant="quiet" onPress={onClose}>
            {exportText.cancel}
          </Button>
          <Button variant="primary" isPending={begin.isPending} onPress={start}>
            {exportText.start}
          </Button>
        </>
      }
    >
      {everything && (
        <Select
          label={exportText.photos}
          value={photos}
          options={[
            { id: 'all', label: exportText.all },
            { id: 'chosen', label: exportText.chosen(props.assetIds.length) },
          ]}
          onChange={setPhotos}
        />
      )}
      <Select
        label={exportText.which}
        value={files}
        options={EXPORT_FILES.map((id) => ({ id, label: exportText[id] }))}
        onChange={setFiles}
      />
      <Select
        label={exportText.where}
        value={target}
        options={(['zip', 'folder'] as const).map((id) => ({ id, label: exportText[id] }))}
        onChange={setTarget}
      />
      {target === 'zip' ? (
        <p className="quiet small">{exportText.zipHint}</p>
      ) : (
        <div className="export-folder">
          <TextField
            mono
            label={exportText.folderLabel}
            hint={exportText.folderHint}
            placeholder={exportText.folderExample}
            value={folder}
            onChange={setFolder}
            error={isAsked && isMissing ? exportText.notWhole : undefined}
          />
          {shell && (
            <Button
              onPress={() =>
                void shell
                  .chooseFolder(exportText.folderTitle)
                  .then((path) => path && setFolder(path))
              }
            >
              {exportText.choose}
            </Button>
          )}
        </div>
      )}
      <p aria-live="polite">{size.data ? exportText.size(size.data) : exportText.measuring}</p>
      {begin.error !== null && (
        <p className="field__error" role="alert">
          {problemWords(begin.error)}
        </p>
      )}
    </Dialog>
  );
}

/** The browser writes it to the disk while it comes; the page stays. */
function download(path: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
