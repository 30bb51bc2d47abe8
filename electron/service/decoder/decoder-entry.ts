/**
 * The decoder process: the only place where bytes of photos and videos are parsed. It is forked by
 * decoder-process.ts, does what it is asked, and may die of any file at any time.
 */
import { constants, setPriority } from 'node:os';
import { parseArgs } from 'node:util';

import {
  type DecoderMessage,
  type DecoderRequest,
  decoderRequestSchema,
  failure,
  type HeaderResult,
  type PreviewResult,
} from './decoder-protocol.ts';
import { readMediaHeader } from './header/read-media-header.ts';
import { MediaError } from './media-error.ts';
import { watchMemory } from './memory-watch.ts';

const { values } = parseArgs({
  options: { background: { type: 'boolean' }, 'max-memory': { type: 'string' } },
});

async function answer(request: DecoderRequest): Promise<HeaderResult | PreviewResult> {
  try {
    if (request.job === 'read-header') return { ok: true, header: readMediaHeader(request.path) };
    // Loaded at first use: a decoder that reads headers only stays small and starts fast.
    const { makePreview } = await import('./picture/make-preview.ts');
    return await makePreview(request.path, request.kind, request.quality);
  } catch (error) {
    if (error instanceof MediaError) return failure(error.reason, error.message);
    // Not foreseen, so this file does something new to a reader; the reader itself is intact.
    return failure('damaged', error instanceof Error ? `${error.name}: ${error.message}` : 'error');
  }
}

function send(message: DecoderMessage): void {
  process.send?.(message);
}

if (values.background) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
watchMemory(Number(values['max-memory']));
// The service is gone: nobody wants the answer.
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const request = decoderRequestSchema.parse(message);
  void answer(request).then((result) => send({ event: 'answer', id: request.id, result }));
});
send({ event: 'ready' });
