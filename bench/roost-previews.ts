import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { startDecoders } from '../electron/service/decoder/start-decoders.ts';

import { inTwoLanes, type PreviewContender } from './preview-contender.ts';
import { samplePhoto } from './sample-photo.ts';

const ENTRY = join(import.meta.dirname, '../out/main/decoder.js');
const WARM_UP_BYTES = 2 * 1024 * 1024;

/**
 * The decoders of the service as `npm run build` left them, with two lanes, confined as they are in life.
 * @param quality `quick` takes the small picture inside of the file where that will do
 */
export function roostPreviews(quality: 'quick' | 'full', warmUpFolder: string): PreviewContender {
  const isQuick = quality === 'quick';
  return {
    name: isQuick ? 'Roost' : 'Roost, full',
    title: isQuick
      ? 'Roost, built from these sources (WebP and thumbhash; of a HEIC the embedded picture, which is shown until there is a full one)'
      : 'Roost, full (the same from the picture itself)',
    start: async () => {
      const decoders = startDecoders({ entry: ENTRY, previewLanes: 2 });
      const tile = async (path: string) => {
        const options = { timeoutMs: 60_000, quality };
        const made = await decoders.previews.makePreview(path, 'tile', options);
        if (!made.ok) throw new Error(`no tile of ${path}: ${made.reason}, ${made.detail}`);
        return made.bytes;
      };
      const photo = join(warmUpFolder, 'warm-up.jpg');
      await writeFile(photo, await samplePhoto(WARM_UP_BYTES));
      await inTwoLanes([photo, photo, photo, photo], tile);
      return {
        makeAll: (files, outFolder) =>
          inTwoLanes(files, async (path) => {
            await writeFile(join(outFolder, `${basename(path)}.webp`), await tile(path));
          }),
        [Symbol.asyncDispose]: () => decoders.close(),
      };
    },
  };
}
