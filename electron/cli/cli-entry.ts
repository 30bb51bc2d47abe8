import { readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { widenThreadPool } from '../service/config/thread-pool.ts';

import type { CliContext, ProgramFacts, TextSink } from './cli-context.ts';
import { EXIT } from './exit-codes.ts';
import { runCli } from './run-cli.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Where things lie beside this file: in `out/main` when built, in `electron/cli` when run from source. */
function locateProgram(): ProgramFacts {
  const at = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
  const fromSource = import.meta.url.endsWith('.ts');
  const manifest = JSON.parse(readFileSync(at('../../package.json'), 'utf8')) as {
    version: string;
  };
  return {
    version: manifest.version,
    decoderEntry: at(fromSource ? '../service/decoder/decoder-entry.ts' : './decoder.js'),
    rendererFolder: at(fromSource ? '../../out/renderer' : '../renderer'),
  };
}

function sinkOf(stream: NodeJS.WriteStream): TextSink {
  // A reader that went away (`roost status | head -1`) is the end of the output, not an error.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    write: (text) => void stream.write(text),
  };
}

/** npm and a shell pass on the very Ctrl-C that the terminal has sent already: that is not a second one. */
const SAME_SIGNAL_MS = 300;

/** The first signal asks to stop cleanly, the second ends the program at once. */
function watchSignals(): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const name of STOP_SIGNALS) {
    process.on(name, () => {
      if (!controller.signal.aborted) firstAt = performance.now();
      else if (performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(EXIT.interrupted);
      controller.abort();
    });
  }
  return controller.signal;
}

async function askLine(question: string, interrupted: AbortSignal): Promise<string | undefined> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal: interrupted });
  } catch {
    return undefined;
  } finally {
    terminal.close();
  }
}

widenThreadPool(process.env);
const interrupted = watchSignals();

const context: CliContext = {
  env: process.env,
  platform: process.platform,
  homeFolder: homedir(),
  hostName: hostname(),
  workingFolder: process.cwd(),
  stdout: sinkOf(process.stdout),
  stderr: sinkOf(process.stderr),
  interrupted,
  ...(process.stdin.isTTY && { askLine: (question: string) => askLine(question, interrupted) }),
  pause: async (durationMs, signal) => {
    await wait(durationMs, undefined, { signal }).catch(() => undefined);
  },
  program: locateProgram(),
};

process.exitCode = await runCli(process.argv.slice(2), context);
