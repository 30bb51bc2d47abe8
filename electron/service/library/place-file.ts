import { isCode, type FileFacts, type FileSystem } from './file-system.ts';

/** Errors of a file system that has no hard links (exFAT, some network drives), as the platforms tell it. */
const NO_LINKS = [
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EACCES',
  'EISDIR',
  'UNKNOWN',
];

/**
 * Gives a staged file its final name without ever overwriting: a hard link fails where the name is taken.
 * The staged name stays until the caller removes it. Where the file system has no hard links it is renamed after
 * a look; only another program that takes the very same name in that very moment could be in the way there, and
 * uploads cannot, since their names are reserved before.
 *
 * Gives `taken` when the name is in use. Platform errors pass through; then the name was not given.
 */
export async function placeFile(
  files: FileSystem,
  staged: string,
  final: string,
): Promise<'placed' | 'taken'> {
  const linked = await linkFile(files, staged, final);
  if (linked !== 'no-links') return linked;
  if (await factsOf(files, final)) return 'taken';
  try {
    await files.rename(staged, final);
  } catch (error) {
    const isMoved = !(await factsOf(files, staged)) && (await factsOf(files, final));
    if (!isMoved) throw error;
  }
  return 'placed';
}

/**
 * Gives a file a second name without ever overwriting, or `no-links` where the file system has none. Gives `taken`
 * when the name is in use. Other platform errors pass through; then the name was not given.
 */
export async function linkFile(
  files: FileSystem,
  path: string,
  second: string,
): Promise<'placed' | 'taken' | 'no-links'> {
  try {
    await files.link(path, second);
    return 'placed';
  } catch (error) {
    // A network drive may tell an error for what it did, as when it did it and lost the answer.
    if (await isSameFile(files, path, second)) return 'placed';
    if (isCode(error, 'EEXIST')) return 'taken';
    if (!isCode(error, ...NO_LINKS)) throw error;
    return 'no-links';
  }
}

async function isSameFile(files: FileSystem, one: string, other: string): Promise<boolean> {
  const [here, there] = [await factsOf(files, one), await factsOf(files, other)];
  // Some network drives number all their files 0: then nothing tells ours from another one.
  if (here === undefined || here.ino === 0n) return false;
  return here.ino === there?.ino && here.size === there.size;
}

async function factsOf(files: FileSystem, path: string): Promise<FileFacts | undefined> {
  try {
    return await files.stat(path);
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** Removes a file that may be gone already. */
export async function removeFile(files: FileSystem, path: string): Promise<void> {
  try {
    await files.unlink(path);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}
