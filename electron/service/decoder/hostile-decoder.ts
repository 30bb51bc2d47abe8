/** For tests: a decoder process that does what a hostile file could make it do, told by the file's name. */
import { basename } from 'node:path';

import sharp from 'sharp';

import { type DecoderRequest, decoderRequestSchema, failure } from './decoder-protocol.ts';
import { watchMemory } from './memory-watch.ts';

const MEGABYTE = 1024 * 1024;
const kept: unknown[] = [];
/** Requests that this process has answered. */
let servedCount = 0;

const HEADER = { mediaType: 'image/jpeg', kind: 'photo' };

function answer({ id, path }: DecoderRequest): void {
  const say = (result: unknown): void => {
    process.send?.({ event: 'answer', id, result });
  };
  switch (basename(path)) {
    case 'crash':
      process.abort();
      break;
    case 'exit':
      process.exit(0);
      break;
    case 'hang':
      for (;;);
    case 'memory':
      setInterval(() => kept.push(Buffer.alloc(16 * MEGABYTE, 1)), 10);
      break;
    case 'memory-loop':
      for (;;) kept.push(Buffer.alloc(16 * MEGABYTE, 1));
    case 'heap':
      for (;;) kept.push(new Array(1_000_000).fill(kept.length));
    case 'nonsense':
      process.send?.('nonsense');
      break;
    case 'other-id':
      process.send?.({ event: 'answer', id: id + 1, result: { ok: true, header: HEADER } });
      break;
    case 'lie':
      say({ ok: true, header: { ...HEADER, width: -1 } });
      break;
    case 'huge':
      say({ ...preview(), bytes: Buffer.alloc(64 * MEGABYTE, 'RIFF....WEBP') });
      break;
    case 'script':
      say({ ...preview(), bytes: Buffer.from('<script>alert(1)</script>') });
      break;
    case 'silent':
      process.disconnect();
      setInterval(() => undefined, 1000);
      break;
    case 'write':
      // Written by native code, which Node's permission model does not bind.
      void sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
        .toFile(`${path}.png`)
        .then(
          () => say({ ok: true, header: { ...HEADER, mediaType: 'x/written' } }),
          () => say({ ok: true, header: { ...HEADER, mediaType: 'x/refused' } }),
        );
      break;
    case 'rights':
      say({ ok: true, header: { ...HEADER, mediaType: `x/${rights()}` } });
      break;
    case 'plugged-in-later':
      say(servedCount > 0 ? failure('file-unreadable', 'ENOENT') : { ok: true, header: HEADER });
      break;
    case 'environment':
      say({
        ok: true,
        header: { ...HEADER, mediaType: `x/${process.env['ROOST_SECRET'] ?? 'no'}` },
      });
      break;
    default:
      say({ ok: true, header: HEADER });
  }
}

/** What JavaScript may do here, by Node's permission model. */
function rights(): string {
  const scopes = ['fs.read', 'fs.write', 'child'] as const;
  const permission = process.permission as typeof process.permission | undefined;
  return permission ? scopes.filter((scope) => permission.has(scope)).join('+') : 'all';
}

function preview(): object {
  const size = { width: 1, height: 1, sourceWidth: 1, sourceHeight: 1 };
  return { ok: true, ...size, format: 'webp', decodedBy: 'sharp' };
}

watchMemory(Number(/--max-memory=(\d+)/.exec(process.argv.join(' '))?.[1]));
process.on('message', (message) => {
  answer(decoderRequestSchema.parse(message));
  servedCount += 1;
});
process.send?.({ event: 'ready' });
