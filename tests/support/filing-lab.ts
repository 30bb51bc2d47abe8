import { Filing, type FilingParts } from '../../electron/service/filing/filing.ts';
import { firstOriginal } from '../../electron/service/filing/wanted-places.ts';
import { DEFAULT_FOLDER_TEMPLATE, folderTemplate } from '../../shared/folder-template.ts';

import { openCore, silentLog, type Core, type CoreOptions } from './core-lab.ts';

/** A core in which a person files originals anew. */
export interface FilingLab extends AsyncDisposable {
  readonly core: Core;
  readonly filing: Filing;
  /** What the person set; uploads and filing go by it. */
  template: string;
  /** How often a change was told. */
  changeCount: number;
}

export async function openFiling(
  options: Omit<CoreOptions, 'template'>,
  template = DEFAULT_FOLDER_TEMPLATE,
  change: (core: Core) => Partial<FilingParts> = () => ({}),
): Promise<FilingLab> {
  const core = await openCore({ ...options, template: () => lab.template });
  const filing = new Filing({
    catalog: core.catalog,
    clock: core.clock,
    log: silentLog,
    session: () => core,
    template: () => folderTemplate(lab.template),
    deviceFolder: () => undefined,
    chooseAnchor: firstOriginal,
    onChange: () => (lab.changeCount += 1),
    ...change(core),
  });
  const lab: FilingLab = {
    core,
    filing,
    template,
    changeCount: 0,
    [Symbol.asyncDispose]: async () => {
      await filing.close();
      await core[Symbol.asyncDispose]();
    },
  };
  return lab;
}
