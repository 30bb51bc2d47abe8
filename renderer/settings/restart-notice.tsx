import { useEffect, useState } from 'react';

import { QueryProblem } from '../app/query-problem.tsx';
import { useService, useServiceMutation } from '../app/use-service.ts';
import { settingsText } from '../text/settings-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { showToast } from '../ui/toast.tsx';

const words = settingsText.restart;
const SLOW_AFTER_MS = 60_000;

/** Offers the restart that some changes need, and says how it goes until the service is back. */
export function RestartNotice({ isNeeded }: { readonly isNeeded: boolean }) {
  const startedAt = useService('overview.get', {}).data?.startedAt;
  // Known by the run that was asked to end: another one answering means it is done.
  const [endedRun, setEndedRun] = useState<number>();
  const restart = useServiceMutation('service.restart', {
    onSuccess: () => setEndedRun(startedAt),
  });
  const isRestarting = endedRun !== undefined && startedAt === endedRun;
  const isBack = endedRun !== undefined && startedAt !== endedRun;
  useEffect(() => {
    if (isBack) showToast(words.done);
  }, [isBack]);

  return (
    <div role="status">
      {isRestarting && <Restarting />}
      {!isRestarting && restart.error !== null && <QueryProblem error={restart.error} />}
      {!isRestarting && isNeeded && (
        <Notice
          tone="warn"
          title={words.title}
          actions={
            <Button
              variant="primary"
              onPress={() => {
                if (!restart.isPending) restart.mutate({});
              }}
            >
              {words.action}
            </Button>
          }
        >
          {words.next}
        </Notice>
      )}
    </div>
  );
}

function Restarting() {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Notice tone="busy" icon={() => <Spinner size={20} />} title={words.running}>
      {isSlow ? words.slow : words.runningNext}
    </Notice>
  );
}
