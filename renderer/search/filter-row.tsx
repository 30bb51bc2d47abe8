import { useState } from 'react';

import type { AssetFilter } from '../../shared/asset-filter.ts';
import { ASSET_KIND_ORDER, type AssetKind, isAssetKind } from '../../shared/asset-kinds.ts';
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
import { chipParts, type FilterPart } from './filter-parts.ts';

interface FilterRowProps {
  readonly filter: AssetFilter;
  readonly facets: Facets | undefined;
  readonly devices: readonly DeviceView[];
  readonly onChange: (filter: AssetFilter) => void;
}

/** What is looked for, each part to be taken back, and what would narrow it down, with how many would be left. */
export function FilterRow(props: FilterRowProps) {
  const { filter, facets, devices, onChange } = props;
  return (
    <div className="search__row">
      <div className="search__chips">
        <FilterChips {...props} parts={chipParts(filter, devices)} />
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

/** Each has its place, whether it is chosen or not: what lies under the pointer stays there. */
function FilterChips(props: FilterRowProps & { readonly parts: readonly FilterPart[] }) {
  const { filter, facets, devices, parts, onChange } = props;
  const kinds = useKindsSeen(filter, facets);
  const { more: names } = searchText;
  const menus = [
    {
      isOf: ({ alone }: FilterPart) => alone.from !== undefined || alone.to !== undefined,
      name: names.year,
      values: facets?.years,
      words: (year: string) => year,
      asked: (year: string) => ({ from: `${year}-01-01`, to: `${year}-12-31` }),
    },
    {
      isOf: ({ alone }: FilterPart) => alone.deviceId !== undefined,
      name: names.device,
      values: facets?.deviceIds,
      words: (id: string) =>
        devices.find(({ deviceId }) => deviceId === id)?.name ?? deviceWords.unknown,
      asked: (deviceId: string) => ({ deviceId }),
    },
    {
      isOf: ({ alone }: FilterPart) => alone.camera !== undefined,
      name: names.camera,
      values: facets?.cameras,
      words: (camera: string) => camera,
      asked: (camera: string) => ({ camera }),
    },
    {
      isOf: ({ alone }: FilterPart) => alone.lens !== undefined,
      name: names.lens,
      values: facets?.lenses,
      words: (lens: string) => lens,
      asked: (lens: string) => ({ lens }),
    },
    {
      isOf: ({ alone }: FilterPart) => alone.warning !== undefined,
      name: names.warning,
      values: facets?.warnings,
      words: (code: string) => (isFidelityWarning(code) ? warningWords(code) : code),
      asked: (code: string) => (isFidelityWarning(code) ? { warning: code } : {}),
    },
  ];
  return (
    <ul className="search__group-of-chips" aria-label={searchText.narrow}>
      {(filter.favourite !== undefined || (facets?.favouriteCount ?? 0) > 0) && (
        <Chip
          label={favouriteWords}
          count={facets?.favouriteCount}
          part={parts.find(({ alone }) => alone.favourite !== undefined)}
          onChange={onChange}
          chosen={{ ...filter, favourite: true }}
        />
      )}
      {kinds.map((kind) => (
        <Chip
          key={kind}
          label={kindWords(kind)}
          count={facets?.kinds.find(({ value }) => value === kind)?.count ?? 0}
          part={parts.find(({ alone }) => alone.kinds?.[0] === kind)}
          onChange={onChange}
          chosen={{ ...filter, kinds: [...(filter.kinds ?? []), kind] }}
        />
      ))}
      {menus.map(({ isOf, name, values, words, asked }) => {
        const part = parts.find(isOf);
        if (part !== undefined) return <ChosenChip key={name} part={part} onChange={onChange} />;
        return (
          <FacetMenu
            key={name}
            name={name}
            values={values ?? []}
            words={words}
            onChoose={(value) => onChange({ ...filter, ...asked(value) })}
          />
        );
      })}
    </ul>
  );
}

/** Those that narrow down what is shown, that did before, or that are chosen, in the order in which kinds are told. */
function useKindsSeen(filter: AssetFilter, facets: Facets | undefined): readonly AssetKind[] {
  const [seen, setSeen] = useState<readonly AssetKind[]>([]);
  const narrowing = facets?.kinds.flatMap(({ value, count }) =>
    // What all of them are narrows nothing.
    isAssetKind(value) && count < facets.count ? [value] : [],
  );
  const now = new Set([...seen, ...(filter.kinds ?? []), ...(narrowing ?? [])]);
  if (now.size > seen.length) setSeen(ASSET_KIND_ORDER.filter((kind) => now.has(kind)));
  return seen;
}

function Chip(props: {
  readonly label: string;
  readonly count: number | undefined;
  /** Where it is chosen. */
  readonly part: FilterPart | undefined;
  readonly chosen: AssetFilter;
  readonly onChange: (filter: AssetFilter) => void;
}) {
  const { label, count, part, chosen, onChange } = props;
  if (part !== undefined) return <ChosenChip part={part} onChange={onChange} />;
  return (
    <li>
      <button
        type="button"
        className="chip"
        aria-label={searchText.withCount(label, count ?? 0)}
        disabled={count === 0}
        onClick={() => onChange(chosen)}
      >
        {label}
        <span className="chip__count">{formatCount(count ?? 0)}</span>
      </button>
    </li>
  );
}

function ChosenChip(props: {
  readonly part: FilterPart;
  readonly onChange: (filter: AssetFilter) => void;
}) {
  const { key, label, without } = props.part;
  return (
    <li>
      <button
        type="button"
        className="chip chip--active"
        data-chip={key}
        aria-label={searchText.remove(label)}
        onClick={() => props.onChange(without)}
      >
        {label}
        <CloseIcon size={14} />
      </button>
    </li>
  );
}
