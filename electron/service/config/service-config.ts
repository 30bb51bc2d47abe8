import type { Logger } from 'pino';

import type { ErrorCode } from '../../../shared/error-catalogue.ts';
import type { LibraryState } from '../../../shared/library-state.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { WindowKey } from '../window-api/window-key.ts';

/** Everything a service is told by its host; nothing in it reads the environment. */
export interface ServiceConfig {
  readonly dataFolder: string;
  readonly host: 'desktop' | 'headless';
  /** Path of the decoder program: out/main/decoder.js, or decoder-entry.ts when run from source. */
  readonly decoderEntry: string;
  /** Folder of the built window pages, out/renderer. */
  readonly rendererFolder: string;
  readonly version: string;
  /** Win over the settings for this run. */
  readonly overrides?: {
    readonly libraryFolder?: string | undefined;
    readonly lanHost?: string | undefined;
    readonly lanPort?: number | undefined;
    readonly windowPort?: number | undefined;
    readonly announce?: boolean | undefined;
  };
  /** For the default library folder. */
  readonly picturesFolder?: string;
  /** Key of the run before, so that open pages stay signed in when a host starts its service again. */
  readonly windowKey?: WindowKey;
  readonly log: Logger;
  readonly onRestartAsked?: () => void;
  readonly onStatus?: (status: ServiceStatus) => void;
  readonly onSettings?: (settings: Settings) => void;
}

export interface ServiceStatus {
  readonly liveUploadCount: number;
  readonly libraryState: LibraryState;
  /** Why nothing can be stored; absent for `ready` and `opening`. */
  readonly libraryProblem?: ErrorCode;
}

export interface RunningService {
  /** Base address of the LAN listener. */
  readonly lanUrl: string;
  /** Address of the window's pages that signs a browser in. */
  readonly windowUrl: string;
  readonly windowKey: WindowKey;
  /** Takes nothing new, lets uploads in flight finish for `graceMs`, then breaks them off and ends. */
  close(options?: { readonly graceMs?: number }): Promise<void>;
}
