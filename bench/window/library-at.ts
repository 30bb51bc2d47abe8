import { access, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { RoostProcess, type RoostFolders } from '../../tests/support/roost-process.ts';
import { fillTimeline } from './make-library.ts';

/** Enough that no two pictures of a view are alike at first sight. */
const PICTURE_COUNT = 240;

/** A library of so many assets in `folder`: the one that is there already, or one that is made now. */
export async function libraryAt(
  folder: string,
  assetCount: number,
  say: (line: string) => void,
): Promise<RoostFolders> {
  const place = join(folder, `timeline-of-${assetCount}`);
  const folders = (at: string): RoostFolders => ({
    dataFolder: join(at, 'data'),
    libraryFolder: join(at, 'library'),
  });
  const isMade = await access(place).then(
    () => true,
    () => false,
  );
  if (isMade) return folders(place);
  // It gets its name when it is whole.
  const unfinished = `${place}.unfinished`;
  await mkdir(unfinished, { recursive: true });
  let deviceId: string;
  {
    await using roost = await RoostProcess.start(folders(unfinished));
    ({ deviceId } = await roost.pair('Bench'));
  }
  const { dataFolder } = folders(unfinished);
  await fillTimeline({ dataFolder, deviceId, assetCount, pictureCount: PICTURE_COUNT });
  await rename(unfinished, place);
  say(`made a library of ${assetCount} assets`);
  return folders(place);
}
