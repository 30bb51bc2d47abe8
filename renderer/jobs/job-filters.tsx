import { JOB_STATES } from '../../shared/job-state.ts';
import { Link } from '../app/link.tsx';
import { navigate } from '../app/navigation.ts';
import { useService } from '../app/use-service.ts';
import { formatCount } from '../text/format.ts';
import { jobText } from '../text/job-text.ts';
import { Select } from '../ui/select.tsx';
import { type JobFilter, jobsAddress } from './job-filter.ts';
import type { JobCounts } from './use-job-counts.ts';

const ALL_DEVICES = 'all';

/** A chip for each state with how many jobs are in it. Each is a link, since the filter is part of the address. */
export function StateFilter(props: {
  readonly filter: JobFilter;
  readonly counts: JobCounts | undefined;
}) {
  const { filter, counts } = props;
  return (
    <nav aria-label={jobText.filters.states}>
      <ul className="job-chips">
        <Chip
          address={jobsAddress({ ...filter, state: undefined })}
          label={jobText.filters.all}
          count={counts?.all}
          isChosen={filter.state === undefined}
        />
        {JOB_STATES.map((state) => (
          <Chip
            key={state}
            address={jobsAddress({ ...filter, state })}
            label={jobText.state(state)}
            count={counts?.byState[state]}
            isChosen={filter.state === state}
          />
        ))}
      </ul>
    </nav>
  );
}

function Chip(props: {
  readonly address: string;
  readonly label: string;
  readonly count: number | undefined;
  readonly isChosen: boolean;
}) {
  return (
    <li>
      <Link
        href={props.address}
        className="job-chip"
        aria-current={props.isChosen ? 'true' : undefined}
      >
        {props.label}
        {props.count !== undefined && (
          <span className="job-chip__count">{formatCount(props.count)}</span>
        )}
      </Link>
    </li>
  );
}

/** The choice of a device; left out while there is nothing to choose from. */
export function DeviceFilter({ filter }: { readonly filter: JobFilter }) {
  const devices = useService('devices.list', {}).data?.devices ?? [];
  const { deviceId } = filter;
  const isUnknown = deviceId !== undefined && !devices.some((each) => each.deviceId === deviceId);
  if (devices.length < 2 && deviceId === undefined) return null;
  return (
    <div className="job-device">
      <Select
        inline
        label={jobText.filters.device}
        value={deviceId ?? ALL_DEVICES}
        options={[
          { id: ALL_DEVICES, label: jobText.filters.allDevices },
          ...devices.map((device) => ({ id: device.deviceId, label: device.name })),
          ...(isUnknown ? [{ id: deviceId, label: jobText.filters.unknownDevice }] : []),
        ]}
        onChange={(chosen) =>
          navigate(
            jobsAddress({ ...filter, deviceId: chosen === ALL_DEVICES ? undefined : chosen }),
          )
        }
      />
    </div>
  );
}
