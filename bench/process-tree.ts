import { readdir, readFile, writeFile } from 'node:fs/promises';

/** USER_HZ: what the kernel counts in for programs, the same on every Linux of today. */
const TICKS_PER_SECOND = 100;

/** What a server has used so far, all its processes together. Only Linux tells; elsewhere there is none. */
export interface TreeUse {
  /** Processor time, of children that ended too. */
  readonly cpuMs: number;
  /** Most memory the first process ever had resident, since `resetPeaks`. */
  readonly servicePeakByteCount: number;
  /** The same of each process that runs now, added up: an upper bound, pages they share count twice. */
  readonly allPeakByteCount: number;
}

interface ProcessStat {
  readonly pid: number;
  readonly parentPid: number;
  readonly ownTicks: number;
  readonly endedChildrenTicks: number;
}

/** Looks at a process and all its descendants. */
export async function treeUse(rootPid: number): Promise<TreeUse | undefined> {
  if (process.platform !== 'linux') return undefined;
  const tree = await processTree(rootPid);
  const peaks = await Promise.all(tree.map(({ pid }) => peakByteCount(pid)));
  const ticks = tree.reduce((sum, each) => sum + each.ownTicks + each.endedChildrenTicks, 0);
  return {
    cpuMs: (ticks * 1000) / TICKS_PER_SECOND,
    servicePeakByteCount: peaks[0] ?? 0,
    allPeakByteCount: peaks.reduce((sum, peak) => sum + peak, 0),
  };
}

/** Lets the peaks of memory begin anew from what is resident now. */
export async function resetPeaks(rootPid: number): Promise<void> {
  if (process.platform !== 'linux') return;
  for (const { pid } of await processTree(rootPid)) {
    await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
  }
}

/**
 * Most memory that each descendant of a process ever had resident; none where the system does not tell. Cheap, so that
 * it can be asked all the time: only descendants are looked at, started by main threads as Node's are.
 */
export async function peaksOfDescendants(rootPid: number): Promise<number[]> {
  const listed = await readFile(`/proc/${rootPid}/task/${rootPid}/children`, 'latin1').catch(
    () => '',
  );
  const children = listed.split(' ').filter(Boolean).map(Number);
  const peaks = children.map(async (pid) => [
    await peakByteCount(pid),
    ...(await peaksOfDescendants(pid)),
  ]);
  return (await Promise.all(peaks)).flat();
}

/** The process itself first. */
async function processTree(rootPid: number): Promise<ProcessStat[]> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = (await Promise.all(names.map(processStat))).flatMap((stat) => stat ?? []);
  const tree = stats.filter(({ pid }) => pid === rootPid);
  for (const parent of tree) tree.push(...stats.filter((stat) => stat.parentPid === parent.pid));
  return tree;
}

async function processStat(name: string): Promise<ProcessStat | undefined> {
  let text: string;
  try {
    text = await readFile(`/proc/${name}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The program's name may hold spaces and parentheses; the fields behind it do not.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const at = (index: number): number => Number(fields[index] ?? 0);
  return {
    pid: Number(name),
    parentPid: at(1),
    ownTicks: at(11) + at(12),
    endedChildrenTicks: at(13) + at(14),
  };
}

async function peakByteCount(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
