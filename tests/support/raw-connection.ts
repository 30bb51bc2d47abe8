import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection that says what it is told, byte for byte: for requests no proper client would send. */
export class RawConnection implements Disposable {
  readonly #socket: Socket;
  #heard = Buffer.alloc(0);
  #error: Error | undefined;
  #isOver = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#heard = Buffer.concat([this.#heard, chunk]);
    });
    socket.on('error', (error) => {
      this.#error = error;
    });
    socket.on('close', () => {
      this.#isOver = true;
    });
  }

  static async to(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** Everything that came so far. */
  get heard(): string {
    return this.#heard.toString('latin1');
  }

  /** The error the connection ended with: a reset that may have cost an answer. */
  get error(): Error | undefined {
    return this.#error;
  }

  send(text: string | Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(text);
  }

  /** Waits until what came contains a text; rejects when the connection is over before. */
  async hears(text: string): Promise<string> {
    while (!this.heard.includes(text)) {
      if (this.#isOver) throw new Error(`The connection ended after: ${this.heard}`);
      await new Promise<void>((resolve) => {
        const go = (): void => {
          this.#socket.off('data', go).off('close', go);
          resolve();
        };
        this.#socket.on('data', go).on('close', go);
      });
    }
    return this.heard;
  }

  /** Waits until the other side closed; gives everything that came. */
  async ends(): Promise<string> {
    if (!this.#isOver) {
      await new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    }
    return this.heard;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
