import type { TimelineAsset } from '../../shared/window-views.ts';
import type { Piece, PieceDay } from './month-pieces.ts';

/** The days that the loaded assets of a piece stand in: more may have come since they were counted. */
export function daysOfAssets(assets: readonly TimelineAsset[], piece: Piece): readonly PieceDay[] {
  const days: { day: number; count: number }[] = [];
  for (const { capturedLocal } of assets) {
    const day = Number(capturedLocal.slice(8, 10));
    const last = days.at(-1);
    if (last?.day === day) last.count += 1;
    else days.push({ day, count: 1 });
  }
  const [first, last] = [piece.days[0], piece.days.at(-1)];
  return days.map((each, at) => ({
    ...each,
    isContinued: at === 0 && first?.day === each.day && first.isContinued,
    goesOn: at === days.length - 1 && last?.day === each.day && last.goesOn,
  }));
}
