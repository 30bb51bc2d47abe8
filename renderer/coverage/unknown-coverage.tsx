import type { DeviceCoverage } from '../../shared/coverage-view.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { useService } from '../app/use-service.ts';
import { coverageText } from '../text/coverage-text.ts';
import { deviceText, storedWords } from '../text/device-text.ts';
import { Fact, Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';

/** A device that never told what it has: what it sent, and that the rest cannot be known. */
export function UnknownCoverage(props: {
  readonly name: string;
  readonly coverage: DeviceCoverage;
}) {
  const { name, coverage } = props;
  const { deviceId, heardAt, verifiedWithinDays } = coverage;
  const sent = useService('coverage.sent', { deviceId });
  return (
    <Panel title={coverageText.unknown.title} description={coverageText.unknown.means(name)}>
      {sent.error !== null && (
        <QueryProblem error={sent.error} onRetry={() => void sent.refetch()} />
      )}
      <Facts>
        <Fact label={deviceText.lastSeen}>
          {heardAt === undefined ? deviceText.neverSeen : <RelativeTime at={heardAt} />}
        </Fact>
        {sent.data && (
          <>
            <Fact label={coverageText.unknown.stored}>{storedWords(sent.data)}</Fact>
            <Fact label={coverageText.unknown.verified(verifiedWithinDays)}>
              {storedWords({
                resourceCount: sent.data.verifiedCount,
                byteCount: sent.data.verifiedByteCount,
              })}
            </Fact>
            {sent.data.damagedCount > 0 && (
              <Fact label={coverageText.unknown.damaged}>
                {deviceText.files(sent.data.damagedCount)}
              </Fact>
            )}
            {sent.data.trashedCount > 0 && (
              <Fact label={coverageText.unknown.trashed}>
                {deviceText.files(sent.data.trashedCount)}
              </Fact>
            )}
          </>
        )}
      </Facts>
      <p className="quiet">{coverageText.unknown.how}</p>
    </Panel>
  );
}
