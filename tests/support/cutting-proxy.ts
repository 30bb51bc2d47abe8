import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export type CutHow = 'close' | 'reset';

/** A cut after this many more bytes from the device. */
export interface Cut {
  readonly afterByteCount: number;
  readonly how: CutHow;
}

/**
 * A TCP proxy before a Roost that cuts connections in the middle of what a device sends, at the byte, one planned cut
 * after another; and then leaves everything alone.
 */
export class CuttingProxy implements AsyncDisposable {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  readonly #cuts: Cut[];
  #sinceCut = 0;
  #cutCount = 0;

  private constructor(target: string, cuts: readonly Cut[]) {
    this.#target = new URL(target);
    this.#cuts = [...cuts];
    this.#server = createServer((device) => this.#pass(device));
  }

  static async before(lanUrl: string, cuts: readonly Cut[]): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(lanUrl, cuts);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get cutCount(): number {
    return this.#cutCount;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #pass(device: Socket): void {
    const roost = connect(Number(this.#target.port), this.#target.hostname);
    const both = [device, roost];
    for (const socket of both) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        for (const each of both) each.destroy();
      });
    }
    device.on('data', (chunk: Buffer) => {
      const cut = this.#cuts[0];
      const left = cut && cut.afterByteCount - this.#sinceCut;
      if (cut === undefined || left === undefined || chunk.byteLength < left) {
        this.#sinceCut += chunk.byteLength;
        if (!roost.write(chunk)) {
          device.pause();
          roost.once('drain', () => device.resume());
        }
        return;
      }
      this.#cuts.shift();
      this.#sinceCut = 0;
      this.#cutCount += 1;
      device.pause();
      roost.write(chunk.subarray(0, left), () => {
        for (const each of both) {
          if (cut.how === 'reset') each.resetAndDestroy();
          else each.destroy();
        }
      });
    });
    roost.pipe(device);
  }
}
