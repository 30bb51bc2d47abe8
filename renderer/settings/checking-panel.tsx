import './checking.css';

import type { ScrubStatus } from '../../shared/scrub-view.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useFragmentPlace } from '../app/use-fragment-place.ts';
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
  const place = useFragmentPlace('#checking');
  const hasOriginals = scrub.originalCount > 0;
  return (
    <div id="checking" className="checking fragment-place" ref={place} tabIndex={-1}>
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
