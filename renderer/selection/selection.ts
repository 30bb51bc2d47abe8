/** Days `YYYY-MM-DD` by the ids of assets. */
export type ChosenAssets = ReadonlyMap<string, string>;

/** Chosen assets, and the one that a range begins at. Never changed: each step gives another one. */
export interface Selection {
  readonly assets: ChosenAssets;
  readonly anchor: string | undefined;
}

export const NOTHING_SELECTED: Selection = { assets: new Map(), anchor: undefined };

/** Chooses one more, or one less; a range goes from there. */
export function toggled(selection: Selection, assetId: string, day: string): Selection {
  const assets = new Map(selection.assets);
  if (!assets.delete(assetId)) assets.set(assetId, day);
  return { assets, anchor: assetId };
}

/** Chooses all of some, unless they were all chosen: then none of them. */
export function toggledAll(selection: Selection, some: ChosenAssets): Selection {
  const assets = new Map(selection.assets);
  const areAll = [...some.keys()].every((id) => assets.has(id));
  for (const [id, day] of some) {
    if (areAll) assets.delete(id);
    else assets.set(id, day);
  }
  return { assets, anchor: selection.anchor };
}

/** Chooses some more; the beginning of ranges stays. */
export function withAll(selection: Selection, some: ChosenAssets): Selection {
  return { assets: new Map([...selection.assets, ...some]), anchor: selection.anchor };
}

/** What is left when some assets went, as into the trash. */
export function without(selection: Selection, assetIds: readonly string[]): Selection {
  if (!assetIds.some((id) => selection.assets.has(id))) return selection;
  const assets = new Map(selection.assets);
  for (const id of assetIds) assets.delete(id);
  const isAnchorGone = selection.anchor !== undefined && assetIds.includes(selection.anchor);
  return { assets, anchor: isAnchorGone ? undefined : selection.anchor };
}

/** How many are chosen on each day. */
export function countsByDay({ assets }: Selection): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const day of assets.values()) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}
