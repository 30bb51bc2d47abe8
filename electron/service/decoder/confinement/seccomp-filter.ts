/** What a decoder never needs, by processor: numbers of `asm/unistd.h`, the same for good. */
const FORBIDDEN_CALLS: Readonly<Record<string, { audit: number; calls: readonly number[] }>> = {
  x64: {
    audit: 0xc000_003e,
    // socket, connect, bind, ptrace, unshare, add_key, request_key, keyctl, perf_event_open, setns,
    // process_vm_readv, process_vm_writev, bpf, userfaultfd, io_uring_setup, pidfd_getfd
    calls: [41, 42, 49, 101, 272, 248, 249, 250, 298, 308, 310, 311, 321, 323, 425, 438],
  },
  arm64: {
    audit: 0xc000_00b7,
    calls: [198, 203, 200, 117, 97, 217, 218, 219, 241, 268, 270, 271, 280, 282, 425, 438],
  },
};

const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_AT_LEAST = 0x35;
const RETURN = 0x06;
const ALLOW = 0x7fff_0000;
/** SECCOMP_RET_ERRNO with EPERM. */
const REFUSE = 0x0005_0001;
/** Offsets in `struct seccomp_data`. */
const CALL_NUMBER_AT = 0;
const ARCHITECTURE_AT = 4;
/** The 32-bit calls of x32 begin here, under the same architecture. */
const X32_CALLS_AT = 0x4000_0000;

/**
 * A seccomp program that lets a process open no socket of any kind, so that neither the network nor the services
 * of this computer (D-Bus, X11, Docker) can be reached, and touch no other process.
 * @returns `undefined` for a processor whose numbers are not known here
 */
export function seccompFilter(architecture: string): Buffer | undefined {
  const forbidden = FORBIDDEN_CALLS[architecture];
  if (forbidden === undefined) return undefined;
  const { audit, calls } = forbidden;
  const count = calls.length;
  return Buffer.concat([
    instruction(LOAD_WORD, ARCHITECTURE_AT),
    instruction(JUMP_IF_EQUAL, audit, 0, count + 3),
    instruction(LOAD_WORD, CALL_NUMBER_AT),
    instruction(JUMP_IF_AT_LEAST, X32_CALLS_AT, count + 1, 0),
    ...calls.map((call, index) => instruction(JUMP_IF_EQUAL, call, count - index, 0)),
    instruction(RETURN, ALLOW),
    instruction(RETURN, REFUSE),
  ]);
}

/** `struct sock_filter`, in the order of bytes that both processors have. */
function instruction(code: number, value: number, ifTrue = 0, ifFalse = 0): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
