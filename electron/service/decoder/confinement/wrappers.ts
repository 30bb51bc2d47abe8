import { FILTER_DESCRIPTOR, type Wrapper } from './confinement.ts';
import { seccompFilter } from './seccomp-filter.ts';

/** What wrappers depend on. */
export interface WrapperPlatform {
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
  readonly isRoot: boolean;
}

export interface NamedWrapper extends Wrapper {
  readonly by: string;
}

/** The wrappers to try, the strongest first. Which of them work here, only trying tells. */
export function wrappersFor({
  platform,
  architecture,
  isRoot,
}: WrapperPlatform): readonly NamedWrapper[] {
  switch (platform) {
    case 'linux': {
      const filter = seccompFilter(architecture);
      const bubblewrap = { by: 'bwrap', command: bubblewrapCommand(isRoot) };
      return [
        ...(filter ? [withFilter(bubblewrap, filter)] : []),
        bubblewrap,
        { by: 'unshare', command: ['unshare', ...UNSHARE_FLAGS, '--', ...RESOURCE_LIMITS] },
      ];
    }
    case 'darwin':
      return [{ by: 'sandbox-exec', command: ['/usr/bin/sandbox-exec', '-p', SEATBELT_PROFILE] }];
    default:
      return [];
  }
}

/** No bytes into any file, and no core dump of somebody's photos. */
const RESOURCE_LIMITS = ['prlimit', '--fsize=0', '--core=0', '--'];

/** A network of its own, with nothing in it; all that can be had without bubblewrap and without being root. */
const UNSHARE_FLAGS = ['--user', '--map-current-user', '--net'];

const SEATBELT_PROFILE = [
  '(version 1)',
  '(allow default)',
  '(deny network*)',
  '(deny file-write*)',
  '(allow file-write* (literal "/dev/null"))',
].join('');

/** Everything can be read, nothing written; no network, and no other process can be seen. */
function bubblewrapCommand(isRoot: boolean): string[] {
  return [
    'bwrap',
    ...['--ro-bind', '/', '/'],
    // A fresh one has only what every program needs; its place for shared memory could be written to.
    ...['--dev', '/dev', '--ro-bind-try', '/dev/shm', '/dev/shm', '--remount-ro', '/dev'],
    ...['--proc', '/proc'],
    ...['--unshare-net', '--unshare-pid', '--unshare-ipc', '--unshare-uts'],
    ...['--die-with-parent', '--new-session'],
    ...['--cap-drop', 'ALL'],
    // What root's service can read, its decoder can.
    ...(isRoot ? ['--cap-add', 'CAP_DAC_READ_SEARCH'] : []),
    '--',
  ];
}

function withFilter({ by, command }: NamedWrapper, filter: Buffer): NamedWrapper {
  const [program = '', ...rest] = command;
  return {
    by: `${by} with seccomp`,
    command: [program, '--seccomp', String(FILTER_DESCRIPTOR), ...rest],
    filter,
  };
}
