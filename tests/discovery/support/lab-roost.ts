import { fileURLToPath } from 'node:url';
import { z } from 'zod';

import type { FoundRoost } from '../../../electron/service/discovery/found-roosts.ts';
import { discoveryStateSchema } from '../../../shared/window-views.ts';
import type { DiscoveryState } from '../../../shared/window-views.ts';
import type { LabComputer, LabProcess } from './network-lab.ts';
import { until } from './until.ts';

const script = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const lineSchema = z.union([discoveryStateSchema, z.object({ kind: z.literal('closed') })]);

export interface LabRoostOptions {
  readonly name: string;
  readonly id: string;
  readonly port?: number;
  readonly tls?: boolean;
}

/** A Roost's advertiser as a process of its own on a computer of the lab. */
export class LabRoost {
  readonly #process: LabProcess;

  constructor(computer: LabComputer, options: LabRoostOptions) {
    const settings = { port: 7678, tls: false, ...options };
    this.#process = computer.start([
      process.execPath,
      script('advertise.ts'),
      JSON.stringify(settings),
    ]);
  }

  get states(): readonly (DiscoveryState | { kind: 'closed' })[] {
    return this.#process.lines
      .filter((line) => line.startsWith('{'))
      .map((line) => lineSchema.parse(JSON.parse(line)));
  }

  /** Waits until the newest state is as wanted, and answers it. */
  async reaches(
    what: string,
    accept: (state: DiscoveryState | { kind: 'closed' }) => boolean,
  ): Promise<DiscoveryState | { kind: 'closed' }> {
    try {
      return await until(what, () => {
        const state = this.states.at(-1);
        return state && accept(state) ? state : undefined;
      });
    } catch (error) {
      throw new Error(`The Roost said:\n${this.#process.lines.join('\n')}`, { cause: error });
    }
  }

  advertises() {
    return this.reaches('the Roost advertises', ({ kind }) => kind === 'advertising');
  }

  /** Ends it as `roost serve` ends: with a goodbye. */
  async quit(): Promise<void> {
    this.#process.child.stdin.end();
    await this.reaches('the Roost has closed', ({ kind }) => kind === 'closed');
    await until('its process has ended by itself', () => this.#process.child.exitCode === 0);
  }
}

/** Searches for Roosts from a computer of the lab. */
export async function findFrom(
  computer: LabComputer,
  options: { timeoutMs: number; id?: string; name?: string },
): Promise<FoundRoost[]> {
  const command = [process.execPath, script('find.ts'), JSON.stringify(options)];
  return JSON.parse(await computer.run(command)) as FoundRoost[];
}
