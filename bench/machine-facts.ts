import { statfs } from 'node:fs/promises';
import { arch, cpus, platform, release, totalmem } from 'node:os';

/** As statfs tells them; what else there is stays a number. */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  0xef53: 'ext4',
  0x58465342: 'XFS',
  0x9123683e: 'Btrfs',
  0x01021994: 'tmpfs',
  0x2fc12fc1: 'ZFS',
};

/** What figures depend on: the machine as others could have one, and nothing that tells whose it is. */
export async function machineFacts(folder: string, at: Date): Promise<string> {
  const processors = cpus();
  const { type } = await statfs(folder);
  return [
    `${processors.length} processors (${processors[0]?.model.trim() ?? 'unknown'})`,
    `${(totalmem() / 1024 ** 3).toFixed(0)} GiB of memory`,
    FILE_SYSTEMS[type] ?? `file system 0x${type.toString(16)}`,
    `${platform()} ${release().split('-')[0] ?? ''} ${arch()}`,
    `Node.js ${process.versions.node}`,
    at.toISOString().slice(0, 10),
  ].join(', ');
}
