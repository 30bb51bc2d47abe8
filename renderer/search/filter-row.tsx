import type { AssetFilter } from '../../shared/asset-filter.ts';
import { isAssetKind } from '../../shared/asset-kinds.ts';
import { isFidelityWarning } from '../../shared/fidelity-warnings.ts';
import type { DeviceView, Facets } from '../../shared/window-views.ts';
import { formatCount } from '../text/format.ts';
import {
  deviceWords,
  favouriteWords,
  kindWords,
  searchText,
  warningWords,
} from '../text/search-text.ts';
import { Button } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { FacetMenu } from './facet-menu.tsx';
import { isFiltered } from './filter-address.ts';
import { chipParts } from './filter-parts.ts';

interface FilterRowProps {
  readonly filter: AssetFilter;
  readonly facets: Facets | undefined;
  readonly devices: readonly DeviceView[];
  readonly onChange: (filter: AssetFilter) => void;
}

/** What is looked for, each part to be taken back, and what would narrow it down, with how many would be left. */
export function FilterRow(props: FilterRowProps) {
  const { filter, facets, devices, onChange } = props;
  const parts = chipParts(filter, devices);
  return (
    <div className="search__row">
      <div className="search__chips">
        {parts.length > 0 && (
          <ul className="search__group-of-chips" aria-label={searchText.active}>
            {parts.map(({ key, label, without }) => (
              <li key={key}>
                <button
                  type="button"
                  className="chip chip--active"
                  aria-label={searchText.remove(label)}
                  onClick={() => onChange(without)}
                >
                  {label}
                  <CloseIcon size={14} />
                </button>
              </li>
            ))}
          </ul>
        )}
        {facets !== undefined && <NarrowingChips {...props} facets={facets} />}
      </div>
      {isFiltered(filter) && (
        <div className="search__end">
          <span className="quiet small" role="status">
            {facets && searchText.results(facets.count)}
          </span>
          <Button small variant="quiet" onPress={() => onChange({})}>
            {searchText.removeAll}
          </Button>
        </div>
      )}
    </div>
  );
}

function NarrowingChips(props: FilterRowProps & { readonly facets: Facets }) {
  const { filter, facets, devices, onChange } = props;
  const { kinds = [] } = filter;
  const more = facets.kinds.flatMap(({ value, count }) =>
    // What all of them are narrows nothing.
    isAssetKind(value) && !kinds.includes(value) && count < facets.count ? [{ value, count }] : [],
  );
  const { more: names } = searchText;
  const isUndated = filter.from === undefined && filter.to === undefined;
  return (
    <ul className="search__group-of-chips" aria-label={searchText.narrow}>
      {facets.favouriteCount > 0 && filter.favourite === undefined && (
        <Chip
          label={favouriteWords}
          count={facets.favouriteCount}
          onPress={() => onChange({ ...filter, favourite: true })}
        />
      )}
      {more.map(({ value, count }) => (
        <Chip
          key={value}
          label={kindWords(value)}
          count={count}
          onPress={() => onChange({ ...filter, kinds: [...kinds, value] })}
        />
      ))}
      {isUndated && (
        <FacetMenu
          name={names.year}
          values={facets.years}
          words={(year) => year}
          onChoose={(year) => onChange({ ...filter, from: `${year}-01-01`, to: `${year}-12-31` })}
        />
      )}
      {filter.deviceId === undefined && (
        <FacetMenu
          name={names.device}
          values={facets.deviceIds}
          words={(id) =>
            devices.find(({ deviceId }) => deviceId === id)?.name ?? deviceWords.unknown
          }
          onChoose={(deviceId) => onChange({ ...filter, deviceId })}
        />
      )}
      {filter.camera === undefined && (
        <FacetMenu
          name={names.camera}
          values={facets.cameras}
          words={(camera) => camera}
          onChoose={(camera) => onChange({ ...filter, camera })}
        />
      )}
      {filter.lens === undefined && (
        <FacetMenu
          name={names.lens}
          values={facets.lenses}
          words={(lens) => lens}
          onChoose={(lens) => onChange({ ...filter, lens })}
        />
      )}
      {filter.warning === undefined && (
        <FacetMenu
          name={names.warning}
          values={facets.warnings}
          words={(code) => (isFidelityWarning(code) ? warningWords(code) : code)}
          onChoose={(code) => isFidelityWarning(code) && onChange({ ...filter, warning: code })}
        />
      )}
    </ul>
  );
}

function Chip(props: {
  readonly label: string;
  readonly count: number;
  readonly onPress: () => void;
}) {
  const { label, count, onPress } = props;
  return (
    <li>
      <button
        type="button"
        className="chip"
        aria-label={searchText.withCount(label, count)}
        onClick={onPress}
      >
        {label}
        <span className="chip__count">{formatCount(count)}</span>
      </button>
    </li>
  );
}
