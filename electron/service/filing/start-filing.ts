import { setTimeout as sleep } from 'node:timers/promises';

import { folderTemplate } from '../../../shared/folder-template.ts';
import { deviceById } from '../devices/device-queries.ts';

import { Filing, type FilingParts } from './filing.ts';
import { firstOriginal } from './wanted-places.ts';

/** Between two photos that are filed anew while uploads are under way. */
const PAUSE_MS = 200;

export interface StartFilingParts extends Pick<
  FilingParts,
  'catalog' | 'clock' | 'log' | 'session' | 'onChange'
> {
  /** What is set, as text. */
  readonly template: () => string;
  readonly liveUploadCount: () => number;
}

/** Filing as the service has it. Uploads go first. */
export function startFiling(parts: StartFilingParts): Filing {
  return new Filing({
    ...parts,
    template: () => folderTemplate(parts.template()),
    deviceFolder: (deviceId) => deviceById(parts.catalog, deviceId)?.folder,
    chooseAnchor: firstOriginal,
    untilQuiet: () => (parts.liveUploadCount() === 0 ? Promise.resolve() : sleep(PAUSE_MS)),
  });
}
