import { useQueryClient } from '@tanstack/react-query';

import { safeListPath, type DeviceCoverage } from '../../shared/coverage-view.ts';
import { Link } from '../app/link.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { queryKey, useService, useServiceMutation } from '../app/use-service.ts';
import { coverageText, groupBytes } from '../text/coverage-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { DownloadIcon } from '../ui/icons.tsx';
import { Select } from '../ui/select.tsx';

const DAYS = [7, 14, 30, 60, 90, 180, 365];

/** What the list that is safe to delete means, how fresh it has to be, and the list as a file. */
export function SafeToDelete({ coverage }: { readonly coverage: DeviceCoverage }) {
  const { deviceId, verifiedWithinDays, inventory } = coverage;
  const overview = useService('overview.get', {});
  const client = useQueryClient();
  const change = useServiceMutation('settings.change', {
    onSuccess: (answer) => {
      client.setQueryData(queryKey('settings.get', {}), answer);
      return client.invalidateQueries({ queryKey: queryKey('coverage.list') });
    },
  });
  const verified = inventory?.groups.verified;
  const choices = DAYS.includes(verifiedWithinDays)
    ? DAYS
    : [...DAYS, verifiedWithinDays].toSorted((a, b) => a - b);
  return (
    <div className="safe">
      <h3>{coverageText.safeTitle}</h3>
      {verified !== undefined && (
        <p className="safe__sum">
          {coverageText.count(verified.assetCount)} · {groupBytes(verified)}
        </p>
      )}
      <p className="quiet">{coverageText.safeMeaning(verifiedWithinDays)}</p>
      {overview.data?.scrub.everyDays === 0 && (
        <p>
          {coverageText.scrubOff} <Link href={paths.checking}>{coverageText.scrubSettings}</Link>
        </p>
      )}
      <div className="safe__controls">
        <Select
          label={coverageText.verifiedWithin}
          value={String(verifiedWithinDays)}
          options={choices.map((days) => ({ id: String(days), label: coverageText.days(days) }))}
          onChange={(days) => change.mutate({ verifiedWithinDays: Number(days) })}
        />
        {verified !== undefined && verified.assetCount > 0 && (
          <a className={buttonClass()} href={safeListPath(deviceId)} download>
            <DownloadIcon size={18} />
            <span>{coverageText.export}</span>
          </a>
        )}
      </div>
      <p className="quiet small">{coverageText.verifiedWithinHint}</p>
      {change.error !== null && <QueryProblem error={change.error} />}
    </div>
  );
}
