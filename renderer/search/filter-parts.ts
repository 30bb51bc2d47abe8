import type { AssetFilter } from '../../shared/asset-filter.ts';
import { searchTokens, tokensAsText } from '../../shared/search-text.ts';
import type { DeviceView } from '../../shared/window-views.ts';
import {
  deviceWords,
  favouriteWords,
  kindWords,
  spanWords,
  warningWords,
} from '../text/search-text.ts';

/** One thing that a filter asks for, as a person sees it. */
export interface FilterPart {
  /** The same for the same thing. */
  readonly key: string;
  readonly label: string;
  /** The filter that asks for this alone, and the one that asks for all the others. */
  readonly alone: AssetFilter;
  readonly without: AssetFilter;
}

/** Everything a filter asks for: words one by one, then the rest. */
export function filterParts(
  filter: AssetFilter,
  devices: readonly Pick<DeviceView, 'deviceId' | 'name'>[],
): FilterPart[] {
  return [...wordParts(filter), ...chipParts(filter, devices)];
}

function wordParts({ q, ...others }: AssetFilter): FilterPart[] {
  if (q === undefined) return [];
  const tokens = searchTokens(q);
  return tokens.map((token, at) => {
    const left = tokensAsText(tokens.toSpliced(at, 1));
    const text = tokensAsText([token]);
    return {
      key: `q ${at} ${text}`,
      label: token.text,
      alone: { q: text },
      without: { ...others, ...(left !== '' && { q: left }) },
    };
  });
}

/** All but the words, which stand in the search field. */
export function chipParts(
  filter: AssetFilter,
  devices: readonly Pick<DeviceView, 'deviceId' | 'name'>[],
): FilterPart[] {
  const { from, to, deviceId, kinds, camera, lens, warning, favourite } = filter;
  const parts: FilterPart[] = [];
  const add = (alone: AssetFilter, label: string): void => {
    const without: AssetFilter = Object.fromEntries(
      Object.entries(filter).filter(([field]) => !Object.hasOwn(alone, field)),
    );
    parts.push({ key: JSON.stringify(alone), label, alone, without });
  };
  if (from !== undefined || to !== undefined) {
    const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    add(span, spanWords(span));
  }
  for (const kind of kinds ?? []) {
    const left = kinds?.filter((each) => each !== kind) ?? [];
    const { kinds: _, ...others } = filter;
    const without = left.length === 0 ? others : { ...others, kinds: left };
    parts.push({ key: `kind ${kind}`, label: kindWords(kind), alone: { kinds: [kind] }, without });
  }
  if (favourite !== undefined) add({ favourite }, favouriteWords);
  if (deviceId !== undefined) {
    const device = devices.find((each) => each.deviceId === deviceId);
    add({ deviceId }, device?.name ?? deviceWords.unknown);
  }
  if (camera !== undefined) add({ camera }, camera);
  if (lens !== undefined) add({ lens }, lens);
  if (warning !== undefined) add({ warning }, warningWords(warning));
  return parts;
}
