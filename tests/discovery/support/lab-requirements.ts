import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the network lab runs, and the Debian package that has it. */
const TOOLS: Readonly<Record<string, string>> = {
  ip: 'iproute2',
  unshare: 'util-linux',
  mount: 'mount',
  'dbus-daemon': 'dbus',
  'avahi-daemon': 'avahi-daemon',
  'avahi-browse': 'avahi-utils',
  'avahi-publish': 'avahi-utils',
  'avahi-resolve': 'avahi-utils',
};

const SYSTEM_FOLDERS = ['/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/**
 * Makes ready what the lab needs, installing missing tools where that is harmless.
 * Answers undefined when all is there, else one sentence saying what is missing.
 */
export async function missingForLab(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'network namespaces exist on Linux only';
  if (process.getuid?.() !== 0) return 'creating network namespaces needs root';
  const refusal = await namespaceRefusal();
  if (refusal !== undefined) return refusal;

  let missing = await missingTools();
  if (missing.length > 0 && (await mayInstall())) {
    await install(missing.map((tool) => TOOLS[tool] ?? tool));
    missing = await missingTools();
  }
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((tool) => TOOLS[tool] ?? tool))];
  return `${missing.join(', ')} not found: install the packages ${packages.join(' ')}`;
}

async function namespaceRefusal(): Promise<string | undefined> {
  if ((await missingTools(['ip', 'unshare'])).length > 0) return undefined;
  try {
    await run('unshare', ['--net', '--mount', 'ip', 'link', 'add', 'lab', 'type', 'bridge']);
    return undefined;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    return `the system does not allow network namespaces with a bridge (${said || 'no reason given'})`;
  }
}

async function missingTools(tools = Object.keys(TOOLS)): Promise<string[]> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...SYSTEM_FOLDERS];
  const missing: string[] = [];
  for (const tool of tools) {
    const found = await Promise.allSettled(folders.map((folder) => access(join(folder, tool))));
    if (found.every(({ status }) => status === 'rejected')) missing.push(tool);
  }
  return missing;
}

/** Where systemd runs, installing Avahi would start it on the real network; there a person decides. */
async function mayInstall(): Promise<boolean> {
  const exists = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  return (
    (await exists('/etc/debian_version')) &&
    (await exists('/usr/bin/apt-get')) &&
    !(await exists('/run/systemd/system'))
  );
}

async function install(packages: readonly string[]): Promise<void> {
  const options = {
    timeout: 300_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  const command = ['install', '-y', '--no-install-recommends', ...new Set(packages)];
  try {
    await run('apt-get', command, options);
  } catch {
    // The package lists may be old or absent. A second failure shows as tools still missing.
    await run('apt-get', ['update'], options).catch(() => undefined);
    await run('apt-get', command, options).catch(() => undefined);
  }
}
