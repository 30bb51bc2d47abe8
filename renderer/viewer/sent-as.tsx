import type { ResourceView } from '../../shared/window-views.ts';
import { viewerText } from '../text/viewer-text.ts';
import { Fact } from '../ui/facts.tsx';
import { fileNameOf } from './file-name-of.ts';

/** What the device called a file, where that is not its name here. */
export function SentAs({ resource }: { readonly resource: ResourceView }) {
  const { fileName } = resource.told;
  if (fileName === undefined || fileName === fileNameOf(resource.path)) return null;
  return <Fact label={viewerText.fields.sentAs}>{fileName}</Fact>;
}
