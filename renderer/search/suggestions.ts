import type { AssetFilter } from '../../shared/asset-filter.ts';
import { isAssetKind } from '../../shared/asset-kinds.ts';
import { isFidelityWarning } from '../../shared/fidelity-warnings.ts';
import { foldText, searchTerms } from '../../shared/search-text.ts';
import type { DeviceView, Facet, Facets } from '../../shared/window-views.ts';
import {
  favouriteWords,
  kindWords,
  spanWords,
  suggestionGroups,
  warningWords,
} from '../text/search-text.ts';
import { type ParsedSearch, parseSearch } from './parse-search.ts';
import type { DateContext } from './read-date.ts';

/** Something the typed text may mean, to be chosen. */
export interface Suggestion {
  readonly key: string;
  readonly label: string;
  /** What it is: a date, a camera. */
  readonly group: string;
  readonly count?: number;
  /** The filter once it is chosen. */
  readonly filter: AssetFilter;
}

const MAX_SUGGESTIONS = 8;

/** The filter with a typed text instead of its words; a date in the text takes the place of its days. */
export function withText(filter: AssetFilter, text: string, context: DateContext): AssetFilter {
  return withParsed(filter, parseSearch(text, context));
}

function withParsed(filter: AssetFilter, { q, from, to }: ParsedSearch): AssetFilter {
  const { q: _, ...others } = filter;
  const hasDate = from !== undefined || to !== undefined;
  const { from: __, to: ___, ...undated } = others;
  return {
    ...(hasDate ? undated : others),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(q !== undefined && { q }),
  };
}

/** What a typed text may mean: its date first, then values that photos have, by the beginning of their words. */
export function suggestionsFor(
  text: string,
  filter: AssetFilter,
  known: {
    readonly facets: Facets | undefined;
    readonly devices: readonly Pick<DeviceView, 'deviceId' | 'name'>[];
    readonly context: DateContext;
  },
): Suggestion[] {
  const terms = searchTerms(text);
  if (terms.length === 0) return [];
  const { facets, devices, context } = known;
  const { q: _, ...others } = filter;
  const found: Suggestion[] = dateSuggestion(text, filter, context);
  const add = (group: string, value: Facet, label: string, change: AssetFilter): void => {
    if (!isNamed(label, terms)) return;
    const { count } = value;
    found.push({
      key: `${group} ${value.value}`,
      label,
      group,
      count,
      filter: { ...others, ...change },
    });
  };
  for (const each of facets?.kinds ?? []) {
    const { value } = each;
    const kinds = filter.kinds ?? [];
    if (!isAssetKind(value) || kinds.includes(value)) continue;
    add(suggestionGroups.kind, each, kindWords(value), { kinds: [...kinds, value] });
  }
  if (facets !== undefined && facets.favouriteCount > 0 && filter.favourite === undefined) {
    const each = { value: 'favourite', count: facets.favouriteCount };
    add(suggestionGroups.kind, each, favouriteWords, { favourite: true });
  }
  for (const each of filter.deviceId === undefined ? (facets?.deviceIds ?? []) : []) {
    const device = devices.find(({ deviceId }) => deviceId === each.value);
    if (device) add(suggestionGroups.device, each, device.name, { deviceId: device.deviceId });
  }
  for (const each of filter.camera === undefined ? (facets?.cameras ?? []) : []) {
    add(suggestionGroups.camera, each, each.value, { camera: each.value });
  }
  for (const each of filter.lens === undefined ? (facets?.lenses ?? []) : []) {
    add(suggestionGroups.lens, each, each.value, { lens: each.value });
  }
  for (const each of filter.warning === undefined ? (facets?.warnings ?? []) : []) {
    const { value } = each;
    if (!isFidelityWarning(value)) continue;
    add(suggestionGroups.warning, each, warningWords(value), { warning: value });
  }
  return found.slice(0, MAX_SUGGESTIONS);
}

function dateSuggestion(text: string, filter: AssetFilter, context: DateContext): Suggestion[] {
  const parsed = parseSearch(text, context);
  const { from, to, q } = parsed;
  if (from === undefined && to === undefined) return [];
  const days = spanWords({ ...(from !== undefined && { from }), ...(to !== undefined && { to }) });
  const label = q === undefined ? days : `${q}, ${days}`;
  return [{ key: 'date', label, group: suggestionGroups.date, filter: withParsed(filter, parsed) }];
}

/** Each typed word begins a word of the label. */
function isNamed(label: string, terms: readonly string[]): boolean {
  const words = ` ${foldText(label).replaceAll(/[^\p{L}\p{N}]+/gu, ' ')}`;
  return terms.every((term) => words.includes(` ${term}`));
}
