import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { LabComputer, LabProcess } from './network-lab.ts';
import { until } from './until.ts';

/** A service as Avahi resolved it. */
export interface AvahiService {
  readonly name: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly txt: readonly string[];
}

const dbusConfig = (socket: string) => `<!DOCTYPE busconfig PUBLIC
  "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
`;

const avahiConfig = (hostLabel: string) => `[server]
host-name=${hostLabel}
use-ipv4=yes
use-ipv6=no
enable-dbus=yes
[publish]
publish-aaaa-on-ipv4=yes
publish-hinfo=no
publish-workstation=no
`;

/** An Avahi of its own on a computer of the lab, with a system bus of its own: the judge of what is announced. */
export class Avahi {
  readonly daemon: LabProcess;
  readonly #computer: LabComputer;
  readonly #env: Record<string, string>;

  private constructor(computer: LabComputer, env: Record<string, string>, daemon: LabProcess) {
    this.#computer = computer;
    this.#env = env;
    this.daemon = daemon;
  }

  /** @param folder an empty folder for its files. */
  static async start(computer: LabComputer, hostLabel: string, folder: string): Promise<Avahi> {
    await mkdir(folder, { recursive: true });
    const socket = join(folder, 'bus');
    const busConfig = join(folder, 'bus.conf');
    const daemonConfig = join(folder, 'avahi.conf');
    await writeFile(busConfig, dbusConfig(socket));
    await writeFile(daemonConfig, avahiConfig(hostLabel));
    const env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` };

    const bus = computer.start([
      'dbus-daemon',
      `--config-file=${busConfig}`,
      '--nofork',
      '--nopidfile',
      '--print-address=1',
    ]);
    await until('the bus is up', () => bus.lines.length > 0);
    // Avahi keeps its process id in /run/avahi-daemon; in a mount namespace each has its own.
    const script = 'mount -t tmpfs tmpfs /run && mkdir /run/avahi-daemon && exec "$@"';
    const command = ['avahi-daemon', '-f', daemonConfig, '--no-drop-root', '--no-chroot'];
    const daemon = computer.start(
      ['unshare', '--mount', 'sh', '-c', script, 'sh', ...command, '--no-rlimits'],
      env,
    );
    await until('Avahi is up', () =>
      daemon.lines.some((line) => line.includes('startup complete')),
    );
    return new Avahi(computer, env, daemon);
  }

  /** The Roosts it can see and resolve at this moment. */
  async browse(): Promise<AvahiService[]> {
    const output = await this.#computer.run(['avahi-browse', '-rtp', '_roost._tcp'], this.#env);
    return output
      .split('\n')
      .filter((line) => line.startsWith('='))
      .map((line) => line.split(';'))
      .map(([, , , name = '', , , host = '', address = '', port, ...txt]) => ({
        name: unescape(name),
        host,
        address,
        port: Number(port),
        txt: [...txt.join(';').matchAll(/"([^"]*)"/g)].map(([, entry = '']) => entry).sort(),
      }));
  }

  /** Names of the Roosts it knows of, resolved or not. */
  async names(): Promise<string[]> {
    const output = await this.#computer.run(['avahi-browse', '-tp', '_roost._tcp'], this.#env);
    const lines = output.split('\n').filter((line) => line.startsWith('+'));
    return lines.map((line) => unescape(line.split(';')[3] ?? ''));
  }

  /** The address of a host name, or an empty text when nobody answers. */
  async resolve(host: string, family: 4 | 6): Promise<string> {
    const output = await this.#computer.run(['avahi-resolve', `-${family}`, '-n', host], this.#env);
    return output.trim().split('\t')[1] ?? '';
  }

  /** Announces something in Avahi's own name; see avahi-publish(1). */
  publish(...args: string[]): LabProcess {
    return this.#computer.start(['avahi-publish', ...args], this.#env);
  }
}

/** avahi-browse writes special bytes as a backslash and three decimal digits. */
function unescape(text: string): string {
  const bytes = [...text.matchAll(/\\(\d{3})|\\(.)|([^\\]+)/gs)].map(([, code, literal, plain]) =>
    code === undefined ? Buffer.from(literal ?? plain ?? '') : Buffer.from([Number(code)]),
  );
  return Buffer.concat(bytes).toString();
}
