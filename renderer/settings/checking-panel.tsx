import './checking.css';

import { useEffect, useRef } from 'react';

import type { ScrubStatus } from '../../shared/scrub-view.ts';
import { navigationCount, useFragment } from '../app/navigation.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useServiceMutation } from '../app/use-service.ts';
import { everyDaysChoices, scrubText } from '../text/scrub-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { Panel } from '../ui/panel.tsx';
import { CheckingState } from './checking-state.tsx';
import { Findings } from './findings.tsx';
import { SettingSelect } from './setting-select.tsx';

/** How the re-reading of originals gets on, what it found, and how often it is done. */
export function CheckingPanel({ scrub }: { readonly scrub: ScrubStatus }) {
  const place = useJumpHere('#checking');
  const hasOriginals = scrub.originalCount > 0;
  return (
    <div id="checking" className="checking" ref={place} tabIndex={-1}>
      <Panel title={scrubText.title} description={scrubText.description}>
        {hasOriginals ? (
          <>
            <CheckingState scrub={scrub} />
            <RunButton scrub={scrub} />
            <Findings scrub={scrub} />
          </>
        ) : (
          <EmptyState icon={CheckIcon} title={scrubText.empty.title}>
            {scrubText.empty.next(scrub.everyDays)}
          </EmptyState>
        )}
        <SettingSelect
          label={scrubText.every}
          hint={scrubText.everyHint}
          value={String(scrub.everyDays)}
          options={everyDaysChoices(scrub.everyDays).map((days) => ({
            id: String(days),
            label: scrubText.everyDays(days),
          }))}
          changeOf={(days) => ({ scrubEveryDays: Number(days) })}
        />
      </Panel>
    </div>
  );
}

function RunButton({ scrub }: { readonly scrub: ScrubStatus }) {
  const start = useServiceMutation('scrub.start');
  const stop = useServiceMutation('scrub.stop');
  const isRunning = scrub.askedAt !== undefined || scrub.activity.kind === 'reading';
  const error = start.error ?? stop.error;
  return (
    <div className="checking__run">
      <Button
        onPress={() => {
          if (isRunning) stop.mutate({});
          else start.mutate({});
        }}
      >
        {isRunning ? scrubText.stop : scrubText.start}
      </Button>
      {error !== null && <QueryProblem error={error} />}
    </div>
  );
}

/** Brings a part of the page into view, and the focus onto it, when the address names it. */
function useJumpHere(fragment: string) {
  const place = useRef<HTMLDivElement>(null);
  const isNamed = useFragment() === fragment;
  const navigation = navigationCount();
  useEffect(() => {
    if (!isNamed) return;
    place.current?.scrollIntoView({ block: 'start' });
    place.current?.focus({ preventScroll: true });
  }, [isNamed, navigation]);
  return place;
}
