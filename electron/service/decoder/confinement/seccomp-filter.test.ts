import { describe, expect, it } from 'vitest';

import { seccompFilter } from './seccomp-filter.ts';

const ALLOW = 0x7fff_0000;
const REFUSE = 0x0005_0001;

/** Runs a program as the kernel would, on a call by its number and architecture. */
function run(program: Buffer, call: number, architecture: number): number {
  let loaded = 0;
  for (let at = 0; ; at += 1) {
    const code = program.readUInt16LE(at * 8);
    const value = program.readUInt32LE(at * 8 + 4);
    if (code === 0x06) return value;
    if (code === 0x20) {
      loaded = value === 0 ? call : architecture;
      continue;
    }
    const isTrue = code === 0x15 ? loaded === value : loaded >= value;
    at += program.readUInt8(at * 8 + (isTrue ? 2 : 3));
  }
}

describe('the seccomp program', () => {
  it.each([
    // Numbers of asm/unistd.h: socket, ptrace and io_uring_setup; read, openat and clone.
    ['x64', 0xc000003e, [41, 101, 425], [0, 257, 56]],
    ['arm64', 0xc00000b7, [198, 117, 425], [63, 56, 220]],
  ] as const)('of %s refuses sockets and lets files be read', (name, audit, refused, allowed) => {
    const program = seccompFilter(name);
    if (program === undefined) throw new Error('no program');
    for (const call of refused) expect(run(program, call, audit)).toBe(REFUSE);
    for (const call of allowed) expect(run(program, call, audit)).toBe(ALLOW);
  });

  it('refuses every call of another architecture or numbering', () => {
    const program = seccompFilter('x64');
    if (program === undefined) throw new Error('no program');
    expect(run(program, 0, 0x40000003)).toBe(REFUSE);
    expect(run(program, 0x40000000 + 41, 0xc000003e)).toBe(REFUSE);
  });

  it('is not there for a processor whose numbers are not known', () => {
    expect(seccompFilter('riscv64')).toBeUndefined();
  });
});
