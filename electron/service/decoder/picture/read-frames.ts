import type { Frame } from 'node-av/lib';

import { MediaError } from '../media-error.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { OpenMovie } from './open-movie.ts';

/** A picture comes within the first packets; sound and metadata may lie between. */
const MAX_PACKETS_WITHOUT_FRAME = 500;
const MAX_PACKET_BYTE_COUNT = 64 * 1024 * 1024;

/**
 * The pictures of a movie in the order in which they are shown. Each belongs to the caller until it asks for the
 * next one. What cannot be decoded is left out; a broken file ends early.
 * @throws MediaError `damaged` when no picture comes at all
 */
export async function* readFrames(ffmpeg: Ffmpeg, movie: OpenMovie): AsyncGenerator<Frame> {
  const { format, stream, decoder } = movie;
  const { AVERROR_EOF } = ffmpeg.constants;
  using packet = new ffmpeg.Packet();
  packet.alloc();
  using frame = new ffmpeg.Frame();
  frame.alloc();
  let packetsSinceFrame = 0;
  let hasFrame = false;
  let isAtEnd = false;
  while (!isAtEnd && packetsSinceFrame < MAX_PACKETS_WITHOUT_FRAME) {
    const read = await format.readFrame(packet);
    packetsSinceFrame += 1;
    const isOurs = read >= 0 && packet.streamIndex === stream.index;
    if (isOurs && packet.size <= MAX_PACKET_BYTE_COUNT) await decoder.sendPacket(packet);
    if (read < 0) {
      await decoder.sendPacket(null);
      isAtEnd = true;
    }
    if (read >= 0) packet.unref();
    for (;;) {
      const received = await decoder.receiveFrame(frame);
      if (received < 0) {
        if (received === AVERROR_EOF) isAtEnd = true;
        break;
      }
      hasFrame = true;
      packetsSinceFrame = 0;
      yield frame;
      frame.unref();
    }
  }
  if (!hasFrame) throw new MediaError('damaged', 'no picture could be decoded');
}
