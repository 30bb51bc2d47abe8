import { availableParallelism, totalmem } from 'node:os';

import type { Confinement } from './confinement/confinement.ts';
import { findConfinement } from './confinement/find-confinement.ts';
import {
  type DecoderLog,
  type DecoderProcess,
  type DecoderProcessOptions,
  startDecoderProcess,
} from './decoder-process.ts';

/** The decoder processes of the service. */
export interface Decoders {
  /** Reads headers on the way of an upload; never waits behind a picture. */
  readonly headers: Pick<DecoderProcess, 'readHeader'>;
  /** Makes previews, below the priority of everything else, as many at a time as {@link Decoders.previewLanes}. */
  readonly previews: Pick<DecoderProcess, 'makePreview'>;
  /** So many previews can be made at the same time; more wait. */
  readonly previewLanes: number;
  close(): Promise<void>;
}

export interface DecodersOptions extends Pick<
  DecoderProcessOptions,
  'entry' | 'nodePath' | 'onRestart'
> {
  readonly log?: DecoderLog & { info(facts: object, message: string): void };
  readonly previewLanes?: number;
  /** The tightest that this computer has, by default. */
  readonly confinement?: () => Promise<Confinement>;
}

/** Reading headers loads no media library; more than this is a file's doing. */
const HEADERS_MAX_MEMORY_BYTE_COUNT = 384 * 1024 * 1024;
const GIBIBYTE = 1024 ** 3;
/** What one preview may need leaves room for everything else on a computer with so much. */
const MEMORY_PER_LANE_BYTE_COUNT = 3 * GIBIBYTE;
const MAX_LANES = 4;

/**
 * How many previews are made at once. Each has a process of its own, so that a file that kills one costs no other
 * its preview; a process takes one file at a time and mostly one processor.
 */
export function previewLanesFor(processorCount: number, memoryByteCount: number): number {
  const byMemory = Math.floor(memoryByteCount / MEMORY_PER_LANE_BYTE_COUNT);
  return Math.max(Math.min(processorCount, byMemory, MAX_LANES), 1);
}

/** Makes all lanes; each process starts at its first job. */
export function startDecoders(options: DecodersOptions): Decoders {
  const { log } = options;
  const previewLanes = options.previewLanes ?? previewLanesFor(availableParallelism(), totalmem());
  const find = options.confinement ?? (() => findConfinement(options.nodePath ?? process.execPath));
  let found: Promise<Confinement> | undefined;
  const confinement = (): Promise<Confinement> => {
    found ??= find().then((kind) => {
      const { wrapper: _, ...facts } = kind;
      log?.info(facts, 'decoders are confined');
      return kind;
    });
    return found;
  };
  const common = { ...options, confinement };
  const headers = startDecoderProcess({
    ...common,
    maxMemoryByteCount: HEADERS_MAX_MEMORY_BYTE_COUNT,
  });
  const lanes = Array.from({ length: previewLanes }, () =>
    startDecoderProcess({ ...common, isBackground: true }),
  );
  return {
    headers,
    previews: sharedOut(lanes),
    previewLanes,
    async close() {
      await Promise.all([headers, ...lanes].map((lane) => lane.close()));
    },
  };
}

/** Gives each job to the lane with the fewest; the first ones first, so that the others need not start. */
function sharedOut(processes: readonly DecoderProcess[]): Pick<DecoderProcess, 'makePreview'> {
  const lanes = processes.map((process) => ({ process, jobCount: 0 }));
  return {
    async makePreview(...job) {
      const lane = lanes.reduce((idlest, next) =>
        next.jobCount < idlest.jobCount ? next : idlest,
      );
      lane.jobCount += 1;
      try {
        return await lane.process.makePreview(...job);
      } finally {
        lane.jobCount -= 1;
      }
    },
  };
}
