import { piecesOf } from './month-pieces.ts';
import { sampleAsset } from './sample-asset.fixture.ts';
import type { KnownMonth } from './timeline-geometry.ts';

/** A month of so many photos of its 15th day, in one piece, for tests. */
export function knownMonth(month: string, count: number, isLoaded = true, ratio = 1): KnownMonth {
  const summary = { month, count, days: [[15, count] as [number, number]] };
  const [piece] = piecesOf(summary, [{ firstDay: 1, lastDay: 31 }], count);
  const assets = Array.from({ length: count }, (_, number) => sampleAsset(month, number, ratio));
  return { month, pieces: piece ? [{ piece, ...(isLoaded && { assets }) }] : [] };
}
