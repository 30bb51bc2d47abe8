import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import type { FindingView, ScrubStatus } from '../../shared/scrub-view.ts';
import { queryKey, useService } from '../app/use-service.ts';

const PAGE = 20;
/** The service gives no more at once; `roost verify` names all of them. */
const MOST = 200;

const NONE: readonly FindingView[] = [];

export interface FoundOriginals {
  readonly findings: readonly FindingView[];
  readonly error: ReturnType<typeof useService<'scrub.findings'>>['error'];
  readonly canShowMore: boolean;
  readonly showMore: () => void;
  readonly retry: () => void;
}

/** The damaged and missing originals, kept as the service knows them. */
export function useFindings(which: 'open' | 'replaced', scrub: ScrubStatus): FoundOriginals {
  const client = useQueryClient();
  const [limit, setLimit] = useState(PAGE);
  const answer = useService('scrub.findings', { which, limit }, { keepPrevious: true });
  const state = [
    scrub.findingsRevision,
    scrub.damagedCount,
    scrub.missingCount,
    scrub.replacedCount,
  ].join();
  const asked = useRef(state);
  useEffect(() => {
    if (asked.current === state) return;
    asked.current = state;
    void client.invalidateQueries({ queryKey: queryKey('scrub.findings') });
  }, [client, state]);
  return {
    findings: answer.data?.findings ?? NONE,
    error: answer.error,
    canShowMore: answer.data?.nextCursor !== undefined && limit < MOST,
    showMore: () => setLimit(Math.min(limit + PAGE, MOST)),
    retry: () => void answer.refetch(),
  };
}
