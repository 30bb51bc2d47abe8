import { Filing, type FilingParts } from '../../electron/service/filing/filing.ts';
import { firstOriginal } from '../../electron/service/filing/wanted-places.ts';
import { DEFAULT_FOLDER_TEMPLATE, folderTemplate } from '../../shared/folder-template.ts';
import type { Receipt } from '../../shared/receipt.ts';

import { openCore, silentLog, upload, type Core, type CoreOptions } from './core-lab.ts';

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

/** An edited Live Photo, a photo called alike in the same month, and one of another month. */
export async function fill({ core }: FilingLab): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const send = async (
    assetKey: string,
    resourceType: string,
    fileName: string,
    day = 4,
    month = 7,
  ): Promise<void> => {
    const change = {
      assetKey,
      resourceType,
      told: { fileName, createdAt: Date.UTC(2019, month, day, 12) },
    };
    const bytes = `${assetKey} ${resourceType}`;
    receipts.push((await core.ingest.receive(upload(bytes, change))).receipt);
  };
  await send('live', 'photo', 'IMG_1.HEIC');
  await send('live', 'paired-video', 'IMG_1.MOV');
  await send('live', 'full-size-photo', 'FullSizeRender.heic');
  await send('live', 'full-size-paired-video', 'FullSizeRender.mov');
  await send('live', 'adjustment-data', 'Adjustments.plist');
  await send('alike', 'photo', 'IMG_1.HEIC');
  await send('other', 'photo', 'IMG_2.JPG', 9, 8);
  return receipts;
}

/** Where they are then. */
export const BEFORE = [
  'My iPhone/2019/2019-08/IMG_1 (2).HEIC',
  'My iPhone/2019/2019-08/IMG_1 (edited).heic',
  'My iPhone/2019/2019-08/IMG_1 (edited).mov',
  'My iPhone/2019/2019-08/IMG_1.HEIC',
  'My iPhone/2019/2019-08/IMG_1.MOV',
  'My iPhone/2019/2019-08/IMG_1.plist',
  'My iPhone/2019/2019-09/IMG_2.JPG',
];
