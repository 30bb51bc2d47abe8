import type { Command, OptionSpec } from './command.ts';
import { EXIT_CODES } from './exit-codes.ts';

/** What `roost --help` prints. */
export function programHelp(commands: readonly Command[]): string {
  return [
    'Roost brings the photos of your phones home to this computer.',
    '',
    'Usage: roost <command> [options]',
    '',
    'Commands',
    ...columns(commands.map((command) => [command.name, command.summary])),
    '',
    'Options',
    ...columns([
      ['--help', 'help for Roost, or after a command for that command'],
      ['--version', 'the version of Roost'],
    ]),
    '',
    'Exit codes',
    ...columns(Object.values(EXIT_CODES).map(({ code, meaning }) => [String(code), meaning])),
    '',
  ].join('\n');
}

/** What `roost <command> --help` prints. */
export function commandHelp(command: Command): string {
  const operands = command.operands === undefined ? '' : ` ${command.operands}`;
  return [
    `${command.summary[0]?.toUpperCase() ?? ''}${command.summary.slice(1)}.`,
    '',
    `Usage: roost ${command.name} [options]${operands}`,
    ...(command.details === undefined ? [] : ['', command.details]),
    '',
    'Options',
    ...columns([
      ...Object.entries(command.options).map(
        ([name, spec]) => [optionHead(name, spec), spec.help] as const,
      ),
      ['--help', 'this text'],
    ]),
    '',
  ].join('\n');
}

function optionHead(name: string, spec: OptionSpec): string {
  return spec.type === 'string' ? `--${name} ${spec.value}` : `--${name}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([head]) => head.length));
  return rows.map(([head, text]) => `  ${head.padEnd(width)}  ${text}`);
}
