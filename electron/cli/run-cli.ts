import { ERRORS, RoostError } from '../../shared/error-catalogue.ts';
import { printJson, printLine, type CliContext } from './cli-context.ts';
import { UsageError, type Command } from './command.ts';
import { EXIT, exitCodeOfError, type ExitCode } from './exit-codes.ts';
import { commandHelp, programHelp } from './help-text.ts';
import { NextStepError } from './next-step-error.ts';
import { pairCommand } from './pair-command.ts';
import { rebuildCommand } from './rebuild-command.ts';
import { sendCommand } from './send-command.ts';
import { serveCommand } from './serve-command.ts';
import { statusCommand } from './status-command.ts';
import { verifyCommand } from './verify-command.ts';

export const COMMANDS: readonly Command[] = [
  serveCommand,
  pairCommand,
  sendCommand,
  statusCommand,
  verifyCommand,
  rebuildCommand,
];

/** Runs one command line (without program names) and gives the exit code. Never throws for what users do. */
export async function runCli(args: readonly string[], context: CliContext): Promise<ExitCode> {
  const [first, ...rest] = args;
  if (first === '--version') {
    printLine(context.stdout, context.program.version);
    return EXIT.ok;
  }
  if (first === '--help' || first === 'help') {
    const about = COMMANDS.find(({ name }) => name === rest[0]);
    context.stdout.write(about ? commandHelp(about) : programHelp(COMMANDS));
    return EXIT.ok;
  }
  if (first === undefined) {
    context.stderr.write(programHelp(COMMANDS));
    return EXIT.usage;
  }
  const command = COMMANDS.find(({ name }) => name === first);
  if (command === undefined) {
    printLine(context.stderr, `There is no command "${first}". See: roost --help`);
    return EXIT.usage;
  }
  const ownArgs = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined);
  if (ownArgs.includes('--help')) {
    context.stdout.write(commandHelp(command));
    return EXIT.ok;
  }
  try {
    return await command.run(rest, context);
  } catch (error) {
    return reportFailure(error, command, ownArgs.includes('--json'), context);
  }
}

function reportFailure(
  error: unknown,
  command: Command,
  asJson: boolean,
  context: CliContext,
): ExitCode {
  if (error instanceof UsageError) {
    printLine(context.stderr, error.message);
    printLine(context.stderr, `See: roost ${command.name} --help`);
    return EXIT.usage;
  }
  if (context.interrupted.aborted) return EXIT.interrupted;
  const failure =
    error instanceof RoostError
      ? error
      : new RoostError('service/failed', error instanceof Error ? error.message : String(error));
  const nextStep =
    failure instanceof NextStepError ? failure.nextStep : ERRORS[failure.code].nextStep;
  if (asJson) {
    printJson(context.stdout, { error: { code: failure.code, detail: failure.message, nextStep } });
  } else {
    printLine(context.stderr, failure.message);
    printLine(context.stderr, nextStep);
  }
  if (!(error instanceof RoostError) && context.env['ROOST_DEBUG'] && error instanceof Error) {
    printLine(context.stderr, error.stack);
  }
  return exitCodeOfError(failure.code);
}
