import type { CliContext } from '../cli-context.ts';
import { commandLine } from '../cli-context.ts';
import { NextStepError } from '../next-step-error.ts';
import { printable } from '../text-format.ts';
import type { ReachedRoost } from './find-roost.ts';
import { NativeClient } from './native-client.ts';
import { rememberRoost, type PairedRoosts } from './paired-roosts.ts';

export interface TokenWishes {
  readonly token: string | undefined;
  readonly code: string | undefined;
  /** What this computer is called at the Roost. */
  readonly deviceName: string;
  readonly clientFolder: string;
}

const PLATFORM_NAMES: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'macOS',
  win32: 'Windows',
  linux: 'Linux',
};

/**
 * The token for a Roost: the one given, else from pairing with the code given, else the remembered one, else from
 * pairing with a code the person types. What pairing gave is remembered.
 * @throws {RoostError} `auth/...` or `pairing/...` when there is no way in.
 */
export async function getToken(
  roost: ReachedRoost,
  paired: PairedRoosts,
  wishes: TokenWishes,
  context: CliContext,
): Promise<string> {
  if (wishes.token !== undefined) return wishes.token;
  if (wishes.code !== undefined) return pair(roost, wishes.code, wishes, context);
  const remembered = paired[roost.id];
  if (remembered !== undefined) {
    const { origin, name } = roost;
    if (origin !== remembered.origin) {
      await rememberRoost(wishes.clientFolder, roost.id, { ...remembered, origin, name });
    }
    return remembered.token;
  }
  const code = await context.askLine?.(`Pairing code shown by "${printable(roost.name)}": `);
  if (code === undefined || code.trim() === '') {
    throw new NextStepError(
      'auth/token-missing',
      `This computer is not paired with "${printable(roost.name)}".`,
      howToPair(context),
    );
  }
  return pair(roost, code, wishes, context);
}

/** The step after a refused token or code. */
export function howToPair(context: CliContext): string {
  return (
    'Get a code there (Devices page, or "roost pair") and send again with it: ' +
    commandLine(context, 'send --code CODE ...')
  );
}

async function pair(
  roost: ReachedRoost,
  code: string,
  wishes: TokenWishes,
  context: CliContext,
): Promise<string> {
  const client = new NativeClient({ origin: roost.origin });
  const device = {
    name: wishes.deviceName,
    model: '',
    platform: PLATFORM_NAMES[context.platform] ?? context.platform,
    app: `roost ${context.program.version}`,
  };
  const answer = await client
    .pair(code.trim(), device, context.interrupted)
    .finally(() => client.close());
  switch (answer.kind) {
    case 'done': {
      const { deviceId, token } = answer.value;
      const { origin, name } = roost;
      const pairedAt = Date.now();
      await rememberRoost(wishes.clientFolder, roost.id, {
        name,
        origin,
        deviceId,
        token,
        pairedAt,
      });
      return token;
    }
    case 'refused':
      throw answer.error;
    case 'network':
    case 'odd-answer':
      throw new NextStepError(
        'service/not-running',
        `Pairing with "${printable(roost.name)}" did not work: ` +
          (answer.kind === 'network' ? answer.code : answer.detail),
        'Check that Roost still runs there and try again.',
      );
  }
}
