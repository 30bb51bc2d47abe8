import { parseArgs } from 'node:util';

import type { CliContext } from './cli-context.ts';
import type { ExitCode } from './exit-codes.ts';

/** One option of a command. A `string` option takes a value, shown in help as `value`. */
export type OptionSpec =
  | { readonly type: 'boolean'; readonly help: string }
  | { readonly type: 'string'; readonly value: string; readonly help: string };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** What a command gets: flags as booleans, the others as text or `undefined`, and what is no option. */
export type ParsedOptions<O extends OptionSpecs> = {
  readonly [K in keyof O]: O[K]['type'] extends 'boolean' ? boolean : string | undefined;
};

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** How the rest of the command line is called in help, e.g. `FILE|FOLDER...`; absent where there is none. */
  readonly operands?: string;
  readonly options: OptionSpecs;
  /** Further paragraphs of the command's own help. */
  readonly details?: string;
  readonly run: (args: readonly string[], context: CliContext) => Promise<ExitCode>;
}

/** The command line could not be understood; `message` says what about it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

interface CommandDefinition<O extends OptionSpecs> extends Omit<Command, 'options' | 'run'> {
  readonly options: O;
  run(
    options: ParsedOptions<O>,
    context: CliContext,
    operands: readonly string[],
  ): Promise<ExitCode>;
}

/** Ties a command to its parsed options, so that `run` sees exactly those it declared. */
export function defineCommand<const O extends OptionSpecs>(
  definition: CommandDefinition<O>,
): Command {
  return {
    ...definition,
    run: async (args, context) => {
      const { options, operands } = parseOptions(definition.options, args);
      if (definition.operands === undefined && operands.length > 0) {
        throw new UsageError(`"${operands[0] ?? ''}" is not expected here.`);
      }
      return definition.run(options, context, operands);
    },
  };
}

/** @throws {UsageError} for an unknown option, a missing value, or a value where none belongs. */
export function parseOptions<O extends OptionSpecs>(
  specs: O,
  args: readonly string[],
): { options: ParsedOptions<O>; operands: readonly string[] } {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(specs).map(([name, spec]) => [name, { type: spec.type }]),
      ),
    });
  } catch (error) {
    throw new UsageError(firstSentence(error), { cause: error });
  }
  const options: Record<string, boolean | string | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) {
    const value = parsed.values[name];
    options[name] = spec.type === 'boolean' ? value === true : value?.toString();
  }
  // The loop above gives each declared name a value of its declared type.
  return { options: options as ParsedOptions<O>, operands: parsed.positionals };
}

/** A TCP port; 0 lets the operating system choose. */
export function parsePort(option: string, text: string | undefined): number | undefined {
  return parseWholeNumber(option, text, 0, 65_535);
}

/** @throws {UsageError} when the text is not a whole number between the limits. */
export function parseWholeNumber(
  option: string,
  text: string | undefined,
  min: number,
  max: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= min && value <= max)) {
    throw new UsageError(`--${option} takes a whole number from ${min} to ${max}, not "${text}".`);
  }
  return value;
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('. ')[0]?.replace(/\.?$/, '.') ?? message;
}
