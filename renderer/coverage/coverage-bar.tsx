import type { CoverageGroup, GroupCount } from '../../shared/coverage-view.ts';
import { coverageText } from '../text/coverage-text.ts';

/** Best first, as the bar is read. */
const ORDER: readonly CoverageGroup[] = [
  'verified',
  'here',
  'counting',
  'owed',
  'trashed',
  'damaged',
  'given-up',
];

/** How the items of a device stand, as one bar: how much of it is filled is how much is here. */
export function CoverageBar(props: {
  readonly groups: Readonly<Record<CoverageGroup, GroupCount>>;
}) {
  const shown = ORDER.filter((group) => props.groups[group].assetCount > 0);
  const label = coverageText.bar(
    shown.map(
      (group) =>
        `${coverageText.groups[group]} ${coverageText.count(props.groups[group].assetCount)}`,
    ),
  );
  return (
    <div className="coverage-bar" role="img" aria-label={label}>
      {shown.map((group) => (
        <span
          key={group}
          className={`coverage-bar__part coverage--${group}`}
          style={{ flexGrow: props.groups[group].assetCount }}
        />
      ))}
    </div>
  );
}
