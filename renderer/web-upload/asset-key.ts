/** Keys stay well below the protocol's limit of 1,024 characters. */
const MAX_NAME_LENGTH = 300;

/** What a browser tells about a picked file. `lastModified` is integer milliseconds UTC. */
export interface PickedFile {
  readonly name: string;
  readonly size: number;
  readonly lastModified: number;
  readonly type: string;
}

/**
 * The stable name of a picked file: a browser gives nothing better, and its hash functions are only there on
 * HTTPS. The service believes size and time, so it cannot tell two different files apart that look the same by
 * all three: `nameFiles` does.
 */
export function assetKeyOf(file: PickedFile): string {
  return `web:${wellFormed(file.name.slice(-MAX_NAME_LENGTH))}:${file.size}:${file.lastModified}`;
}

export interface NamedFile<F extends PickedFile> {
  readonly file: F;
  readonly assetKey: string;
  /** Whether another file of the same pick looks the same; its time then proves nothing to the service. */
  readonly isAlike: boolean;
}

/**
 * Names the files of one pick. Those that look alike are numbered in their order (`#2`, `#3`), so that none takes
 * the place of another.
 */
export function nameFiles<F extends PickedFile>(picked: readonly F[]): NamedFile<F>[] {
  const counts = new Map<string, number>();
  for (const file of picked) {
    const key = assetKeyOf(file);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const seen = new Map<string, number>();
  return picked.map((file) => {
    const key = assetKeyOf(file);
    const number = (seen.get(key) ?? 0) + 1;
    seen.set(key, number);
    return {
      file,
      assetKey: number === 1 ? key : `${key}#${number}`,
      isAlike: (counts.get(key) ?? 0) > 1,
    };
  });
}

/**
 * When the file was last changed, in milliseconds UTC but whole seconds: the protocol compares what an upload's
 * header said with what a check asks, and only whole seconds are the same in both.
 */
export function modifiedAtOf(file: PickedFile): number {
  return Math.floor(file.lastModified / 1000) * 1000;
}

/** Percent-encoding throws on half a surrogate pair, which file names can hold. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

const VIDEO_EXTENSION = /\.(mov|mp4|m4v|3gp|3g2|avi|mkv|webm|mpg|mpeg|mts|m2ts|hevc)$/i;

/** By the browser's own type, else by the name's ending. */
export function resourceTypeOf(file: PickedFile): 'photo' | 'video' {
  if (file.type !== '') return file.type.startsWith('video/') ? 'video' : 'photo';
  return VIDEO_EXTENSION.test(file.name) ? 'video' : 'photo';
}
