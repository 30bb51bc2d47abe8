import { useQueryClient } from '@tanstack/react-query';

import type { DeviceCoverage } from '../../shared/coverage-view.ts';
import { QueryProblem } from '../app/query-problem.tsx';
import { queryKey, useService, useServiceMutation } from '../app/use-service.ts';
import { coverageText, quietChoices } from '../text/coverage-text.ts';
import { Panel } from '../ui/panel.tsx';
import { Select } from '../ui/select.tsx';

const AS_ALL = 'all';

/** After how many days of silence a person wants to be told of this device. */
export function QuietSetting({ coverage }: { readonly coverage: DeviceCoverage }) {
  const { deviceId, quietAfterDays, hasOwnQuietDays } = coverage;
  const settings = useService('settings.get', {});
  const client = useQueryClient();
  const change = useServiceMutation('device.setQuiet', {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: queryKey('coverage.list') }),
        client.invalidateQueries({ queryKey: queryKey('settings.get') }),
      ]).then(() => undefined),
  });
  const forAll = settings.data?.settings.quietAfterDays ?? 7;
  return (
    <Panel title={coverageText.quiet.title}>
      <Select
        label={coverageText.quiet.label}
        value={hasOwnQuietDays ? String(quietAfterDays) : AS_ALL}
        options={[
          { id: AS_ALL, label: coverageText.quiet.default(forAll) },
          ...quietChoices(quietAfterDays),
        ]}
        onChange={(chosen) =>
          change.mutate({ deviceId, ...(chosen !== AS_ALL && { days: Number(chosen) }) })
        }
      />
      <p className="quiet small">{coverageText.quiet.hint}</p>
      {change.error !== null && <QueryProblem error={change.error} />}
    </Panel>
  );
}
