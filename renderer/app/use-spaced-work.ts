import { useCallback, useEffect, useMemo } from 'react';

import { SpacedWork, type Work } from './spaced-work.ts';

/** Asks for work as `SpacedWork` does it, while the component is there; `work` stays the same function. */
export function useSpacedWork(spaceMs: number, work: Work): () => void {
  const spaced = useMemo(() => new SpacedWork(spaceMs, work), [spaceMs, work]);
  useEffect(() => () => spaced.stop(), [spaced]);
  return useCallback(() => spaced.ask(), [spaced]);
}
