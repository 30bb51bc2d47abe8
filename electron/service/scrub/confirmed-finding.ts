import {
  checkOriginal,
  type CheckOptions,
  type ExpectedBytes,
  type Finding,
} from '../library/check-original.ts';

/**
 * Reads an original, and a second time before it is called anything but good: a cable or a share that fails for a
 * moment is no damage, and a file may be moved while it is read. Gives `undefined` where the library is not there, for
 * then nothing true can be said. `pathNow` says where the file stands at the moment.
 * @throws the signal's reason when told to stop.
 */
export async function confirmedFinding(
  pathNow: () => string,
  expected: ExpectedBytes,
  isLibraryPresent: () => Promise<boolean>,
  options: CheckOptions,
): Promise<Finding | undefined> {
  let finding: Finding = { kind: 'good' };
  for (const _ of ['read', 'confirm']) {
    finding = await checkOriginal(pathNow(), expected, options);
    if (finding.kind === 'good') return finding;
    if (!(await isLibraryPresent())) return undefined;
  }
  return finding;
}
