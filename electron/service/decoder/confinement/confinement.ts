/** What a confined process was seen to be unable to do, natively, whatever its JavaScript is allowed. */
export interface Bounds {
  /** Opening a network connection, even one to this computer. */
  readonly cannotConnect: boolean;
  /** Reaching a service of this computer through a socket in the file system, as D-Bus and Docker have them. */
  readonly cannotReachServices: boolean;
  /** Writing bytes into any file. */
  readonly cannotWrite: boolean;
  /** Removing or renaming files. */
  readonly cannotDelete: boolean;
}

/** A way to start Node with fewer rights than ours. */
export interface Confinement extends Bounds {
  /** `bwrap`, `unshare`, `sandbox-exec`, or `none`. */
  readonly by: string;
  readonly wrapper: Wrapper;
  /** Flags of Node's permission model; it binds JavaScript only, native code goes past it. */
  readonly nodeFlags: readonly string[];
}

/** A program that starts another one confined. */
export interface Wrapper {
  /** Stands before the path of Node and its arguments; empty to run Node as it is. */
  readonly command: readonly string[];
  /** Bytes it wants to read from {@link FILTER_DESCRIPTOR}. */
  readonly filter?: Buffer;
}

/** Behind standard input, output, error and the channel. */
export const FILTER_DESCRIPTOR = 4;

export const UNCONFINED: Confinement = {
  by: 'none',
  wrapper: { command: [] },
  nodeFlags: [],
  cannotConnect: false,
  cannotReachServices: false,
  cannotWrite: false,
  cannotDelete: false,
};

/** Reading stays allowed everywhere: a library may lie anywhere, and come back elsewhere. */
export const PERMISSION_FLAGS: readonly string[] = [
  '--permission',
  '--allow-fs-read=*',
  '--allow-addons',
  '--allow-worker',
  '--disable-warning=SecurityWarning',
];
