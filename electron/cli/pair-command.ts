import { commandLine, printJson, printLine } from './cli-context.ts';
import { defineCommand } from './command.ts';
import { dataFolderOf } from './data-folder.ts';
import { EXIT } from './exit-codes.ts';
import { printPairing } from './pairing-text.ts';
import { findRunningService } from './running-service.ts';
import { callWindow } from './window-client.ts';

export const pairCommand = defineCommand({
  name: 'pair',
  summary: 'let a new device in: shows a code, or makes a token',
  details: [
    'Asks the running Roost for a pairing code. With --token the device is made at once and its token',
    'is printed: this is the only time it is shown.',
  ].join('\n'),
  options: {
    data: { type: 'string', value: 'DIR', help: 'data folder of the running Roost' },
    name: { type: 'string', value: 'NAME', help: 'what the device is called' },
    token: { type: 'boolean', help: 'make the device now and print its token' },
    json: { type: 'boolean', help: 'print one JSON object' },
  },
  async run(options, context) {
    const address = await findRunningService(dataFolderOf(options.data, context));
    if (options.token) {
      const name = options.name ?? 'New device';
      const device = await callWindow(address, 'device.create', { name });
      if (options.json) printJson(context.stdout, device);
      else {
        printLine(context.stdout, `Device: ${name} (${device.deviceId})`);
        printLine(context.stdout, `Token:  ${device.token}`);
        printLine(context.stdout, 'Keep the token now; Roost does not show it again.');
      }
      return EXIT.ok;
    }
    const pairing = await callWindow(
      address,
      'pairing.begin',
      options.name === undefined ? {} : { name: options.name },
    );
    if (options.json) {
      const { code, expiresAt, url } = pairing;
      printJson(context.stdout, { code, expiresAt, url });
    } else {
      printPairing(pairing, context);
      printLine(
        context.stdout,
        `From another computer: ${commandLine(context, `send --code ${pairing.code} FOLDER`)}`,
      );
    }
    return EXIT.ok;
  },
});
