/**
 * What Node and the disk allow at the most to whoever hashes and syncs: a server that does these two, writes the
 * file, and nothing else. No place, no name, no journal: it is no backup, it is a ruler.
 */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';

const [folder = '.', port = '0'] = process.argv.slice(2);

async function take(request: IncomingMessage): Promise<string> {
  const file = await open(join(folder, basename(request.url ?? '')), 'wx');
  try {
    const hash = createHash('sha256');
    let writing: Promise<unknown> = Promise.resolve();
    for await (const chunk of request as AsyncIterable<Buffer<ArrayBuffer>>) {
      hash.update(chunk);
      await writing;
      writing = file.write(chunk).then(() => chunk.buffer.transfer(0));
    }
    await writing;
    await file.datasync();
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

createServer((request, response) => {
  take(request).then(
    (sha256) => response.writeHead(201).end(sha256),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
}).listen(Number(port), '127.0.0.1');
