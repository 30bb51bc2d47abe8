import {
  COVERAGE_GROUPS,
  type CoverageGroup,
  type DeviceCoverage,
} from '../../shared/coverage-view.ts';
import { Link } from '../app/link.tsx';
import { paths } from '../app/routes.ts';
import { coverageText, groupBytes } from '../text/coverage-text.ts';
import { formatCount } from '../text/format.ts';

type Inventory = NonNullable<DeviceCoverage['inventory']>;

/** The group an address asks for, else the first in which there is something for a person to do. */
export function chosenGroup(search: URLSearchParams, inventory: Inventory): CoverageGroup {
  const asked = search.get('show');
  const known = COVERAGE_GROUPS.find((group) => group === asked);
  const first = COVERAGE_GROUPS.find((group) => inventory.groups[group].assetCount > 0);
  return known ?? first ?? 'verified';
}

/** The groups of a device's items with their counts; each is a link, since it is part of the address. */
export function CoverageGroups(props: {
  readonly deviceId: string;
  readonly inventory: Inventory;
  readonly chosen: CoverageGroup;
}) {
  const { deviceId, inventory, chosen } = props;
  const shown = COVERAGE_GROUPS.filter(
    (group) =>
      group === chosen ||
      group === 'verified' ||
      group === 'owed' ||
      inventory.groups[group].assetCount > 0,
  ).toReversed();
  return (
    <nav aria-label={coverageText.groupNav}>
      <ul className="coverage-groups">
        {shown.map((group) => (
          <li key={group}>
            <Link
              className="coverage-group"
              href={`${paths.device(deviceId)}?show=${group}`}
              aria-current={group === chosen ? 'true' : undefined}
            >
              <span className={`coverage-group__mark coverage--${group}`} aria-hidden="true" />
              <span className="coverage-group__name">{coverageText.groups[group]}</span>
              <span className="coverage-group__count">
                {formatCount(inventory.groups[group].assetCount)}
              </span>
              {inventory.groups[group].assetCount > 0 && (
                <span className="quiet small">{groupBytes(inventory.groups[group])}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
