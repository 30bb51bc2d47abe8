import type * as constants from 'node-av/constants';
import type * as lib from 'node-av/lib';

/** FFmpeg's libraries, as far as Roost uses them. */
export type Ffmpeg = typeof lib & { readonly constants: typeof constants };

let loading: Promise<Ffmpeg | undefined> | undefined;

/** Loads FFmpeg at first use; `undefined` on a platform for which there is no build. */
export function loadFfmpeg(): Promise<Ffmpeg | undefined> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Ffmpeg | undefined> {
  try {
    const [library, allConstants] = await Promise.all([
      import('node-av/lib'),
      import('node-av/constants'),
    ]);
    library.Log.setLevel(allConstants.AV_LOG_QUIET);
    return { ...library, constants: allConstants };
  } catch {
    return undefined;
  }
}
