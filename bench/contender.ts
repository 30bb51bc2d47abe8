import type { PlannedUpload } from './load-plan.ts';

/** Something that receives files over HTTP, as the benchmarks see it. */
export interface Contender {
  /** How the tables call it. */
  readonly name: string;
  /** With its version. */
  readonly title: string;
  /** Runs it on loopback with a fresh folder of its own, which it may fill. */
  start(folder: string): Promise<RunningContender>;
}

export interface RunningContender extends AsyncDisposable {
  readonly port: number;
  /** The first of its processes. */
  readonly pid: number;
  /** How a file of this name is sent to it. */
  requestFor(name: string, contentType: string): Pick<PlannedUpload, 'method' | 'path' | 'headers'>;
}
