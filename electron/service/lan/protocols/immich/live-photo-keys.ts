import type { LateAnnouncement } from '../../../ingest/incoming-resource.ts';
import type { OwnFiles } from '../../own-files.ts';

import { keyOfBytes } from './app-asset-id.ts';

/** A file all of whose form was read. */
export interface FormEnd {
  readonly deviceId: string;
  /** What the form calls the movie that the file is the still of. */
  readonly movieId: string | undefined;
  readonly bytes: { readonly sha1?: string | undefined; readonly sha256: string };
  /** What is told of the file, under a key. */
  readonly announce: (assetKey: string) => LateAnnouncement;
}

type UsedFiles = Pick<OwnFiles, 'byId' | 'holdKey' | 'isSentOtherwise'>;

/** Chooses the keys of files by their bytes, and those of stills by the movie that came before them. */
export class LivePhotoKeys {
  readonly #ownFiles: UsedFiles;

  constructor(ownFiles: UsedFiles) {
    this.#ownFiles = ownFiles;
  }

  /**
   * A still gets the key of its movie, and is one asset with it: the first one. A Live Photo that was duplicated on the
   * phone and then changed has the same movie, and would hide the other still as a newer version of it; it gets a key
   * of its own. An id of what is no movie, or is not here, ties nothing.
   *
   * @param held keeps others from the movie's key until it is disposed: stills that come at once must see each other
   */
  async choose(
    { deviceId, movieId, bytes, announce }: FormEnd,
    held: DisposableStack,
  ): Promise<LateAnnouncement> {
    const alone = announce(keyOfBytes(bytes.sha1 ?? bytes.sha256));
    const movie = movieId === undefined ? undefined : this.#ownFiles.byId(deviceId, movieId);
    if (movie?.isVideo !== true || alone.resourceType !== 'photo') return alone;
    held.use(await this.#ownFiles.holdKey(deviceId, movie.assetKey));
    const withMovie = announce(movie.assetKey);
    return this.#ownFiles.isSentOtherwise(deviceId, withMovie, bytes.sha256) ? alone : withMovie;
  }
}
