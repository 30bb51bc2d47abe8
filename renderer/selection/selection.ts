/** Days `YYYY-MM-DD` by the ids of assets. */
export type ChosenAssets = ReadonlyMap<string, string>;

/** Chosen assets, and the one that a range begins at. Never changed: each step gives another one. */
export interface Selection {
  readonly assets: ChosenAssets;
  readonly anchor: string | undefined;
  /** Another number after each clearing: what was asked for before must not be chosen after. */
  readonly epoch: number;
  /**
   * Only after all was asked for, and there is more than can be chosen: what the library held then, for what can be
   * done with everything at once.
   */
  readonly asOf?: number;
  /** While assets are swept over by pointer or keys: what was chosen before, and what of that stays. */
  readonly sweep?: { readonly before: ChosenAssets; readonly kept: ChosenAssets };
}

const NOTHING: ChosenAssets = new Map();

export const NOTHING_SELECTED: Selection = { assets: NOTHING, anchor: undefined, epoch: 0 };

/** Chooses nothing, also not what was asked for and is not answered yet. */
export function cleared({ epoch }: Selection): Selection {
  return { ...NOTHING_SELECTED, epoch: epoch + 1 };
}

/** Changes a selection by an answer, unless it was cleared since the question of `epoch`. */
export function answered(
  selection: Selection,
  epoch: number,
  change: (selection: Selection) => Selection,
): Selection {
  return selection.epoch === epoch ? change(selection) : selection;
}

/** Chooses one more, or one less; a range goes from there. */
export function toggled({ assets: before, epoch }: Selection, id: string, day: string): Selection {
  const assets = new Map(before);
  if (!assets.delete(id)) assets.set(id, day);
  return { assets, anchor: id, epoch };
}

/** Chooses all of some, unless they were all chosen: then none of them. */
export function toggledAll(
  { assets: before, anchor, epoch }: Selection,
  some: ChosenAssets,
): Selection {
  const assets = new Map(before);
  const areAll = [...some.keys()].every((id) => assets.has(id));
  for (const [id, day] of some) {
    if (areAll) assets.delete(id);
    else assets.set(id, day);
  }
  return { assets, anchor, epoch };
}

/** Chooses some more; the beginning of ranges stays. */
export function withAll({ assets, anchor, epoch }: Selection, some: ChosenAssets): Selection {
  return { assets: new Map([...assets, ...some]), anchor, epoch };
}

/** Chooses as many as can be of everything that is shown; `asOf` where there is more. */
export function withEverything(
  selection: Selection,
  some: ChosenAssets,
  asOf: number | undefined,
): Selection {
  return { ...withAll(selection, some), ...(asOf !== undefined && { asOf }) };
}

/** What is left when some assets went, as into the trash. */
export function without(selection: Selection, assetIds: readonly string[]): Selection {
  const { assets, anchor, sweep, epoch, asOf } = selection;
  const gone = new Set(assetIds);
  const isAnchorGone = anchor !== undefined && gone.has(anchor);
  if (!isAnchorGone && !assetIds.some((id) => assets.has(id))) return selection;
  const left = (some: ChosenAssets) => new Map([...some].filter(([id]) => !gone.has(id)));
  return {
    assets: left(assets),
    anchor: isAnchorGone ? undefined : anchor,
    epoch,
    ...(asOf !== undefined && { asOf }),
    ...(sweep && { sweep: { before: left(sweep.before), kept: left(sweep.kept) } }),
  };
}

/** Of what is chosen, what is still there. */
export function within(selection: Selection, there: ReadonlySet<string>): Selection {
  return without(
    selection,
    [...selection.assets.keys()].filter((id) => !there.has(id)),
  );
}

/** From now on what is swept over is chosen: beside what was chosen before, or in its place. */
export function sweepBegun({ assets, anchor, epoch }: Selection, isAdding: boolean): Selection {
  const kept = isAdding ? assets : NOTHING;
  return { assets: kept, anchor, epoch, sweep: { before: assets, kept } };
}

/** Chooses what the sweep covers now; nothing changes where the sweep is over. */
export function swept(selection: Selection, covered: ChosenAssets): Selection {
  const { sweep, assets: before } = selection;
  if (sweep === undefined) return selection;
  const assets = new Map([...sweep.kept, ...covered]);
  const isSame = assets.size === before.size && [...assets.keys()].every((id) => before.has(id));
  return isSame ? selection : { ...selection, assets };
}

/** Ends a sweep; taken back, what was chosen before it is chosen again. */
export function sweepEnded(selection: Selection, isTakenBack: boolean): Selection {
  const { assets, anchor, epoch, sweep } = selection;
  if (sweep === undefined) return selection;
  return { assets: isTakenBack ? sweep.before : assets, anchor, epoch };
}

/** How many are chosen on each day. */
export function countsByDay({ assets }: Selection): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const day of assets.values()) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}
