import './folders.css';

import { useFragmentPlace } from '../app/use-fragment-place.ts';
import { filingText } from '../text/filing-text.ts';
import { Panel } from '../ui/panel.tsx';
import { FolderTemplateField } from './folder-template-field.tsx';
import { Refiling } from './refiling.tsx';

/** Which folders and names originals get, and moving those that came before to where that says. */
export function FoldersPanel({ template }: { readonly template: string }) {
  const place = useFragmentPlace('#folders');
  return (
    <div id="folders" className="fragment-place" ref={place} tabIndex={-1}>
      <Panel title={filingText.title} description={filingText.description}>
        <FolderTemplateField current={template} />
        <Refiling template={template} />
      </Panel>
    </div>
  );
}
