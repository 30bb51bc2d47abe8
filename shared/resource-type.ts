/**
 * The kinds of file an asset can have, as PhotoKit's `PHAssetResourceType` counts them
 * (PhotosTypes.h; the numbers are stable ABI). Other clients use the same words.
 */
export const RESOURCE_TYPES = {
  photo: 1,
  video: 2,
  audio: 3,
  'alternate-photo': 4,
  'full-size-photo': 5,
  'full-size-video': 6,
  'adjustment-data': 7,
  'adjustment-base-photo': 8,
  'paired-video': 9,
  'full-size-paired-video': 10,
  'adjustment-base-paired-video': 11,
  'adjustment-base-video': 12,
  'photo-proxy': 19,
} as const satisfies Record<string, number>;

export type KnownResourceType = keyof typeof RESOURCE_TYPES;

/** A known name, or an unknown one kept as the client wrote it: unknown types are stored, never refused. */
export type ResourceType = string & { readonly brand?: 'ResourceType' };

const NAME_BY_NUMBER = new Map<number, KnownResourceType>(
  Object.entries(RESOURCE_TYPES).map(([name, raw]) => [raw, name as KnownResourceType]),
);

const UNKNOWN_TYPE = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/**
 * Turns a path segment into a resource type: a known name, the raw PHAssetResourceType number of one,
 * or any other short lower-case word or number, which stays as it is.
 * Gives `undefined` only for text that cannot be a type at all (empty, too long, odd characters).
 */
export function parseResourceType(text: string): ResourceType | undefined {
  const lower = text.toLowerCase();
  if (isKnownResourceType(lower)) return lower;
  if (/^\d{1,5}$/.test(lower)) return NAME_BY_NUMBER.get(Number(lower)) ?? String(Number(lower));
  return UNKNOWN_TYPE.test(lower) ? lower : undefined;
}

export function isKnownResourceType(text: string): text is KnownResourceType {
  return Object.hasOwn(RESOURCE_TYPES, text);
}

/**
 * Whether editing an asset leaves this resource as it is. Photos replaces what it renders of an edit, and the recipe of
 * the edit; what the camera made stays (PHAssetResourceType).
 */
export function isKeptByEdits(type: ResourceType): boolean {
  return KEPT_BY_EDITS.has(type);
}

const KEPT_BY_EDITS: ReadonlySet<ResourceType> = new Set<KnownResourceType>([
  'photo',
  'video',
  'audio',
  'alternate-photo',
  'paired-video',
  'adjustment-base-photo',
  'adjustment-base-video',
  'adjustment-base-paired-video',
]);

/**
 * Which resource of an asset a person looks at: the edited still or video first, then the original.
 * A lower number wins; resources that are never the picture (edit recipes, movie halves) come last.
 */
export function viewingRank(type: ResourceType): number {
  const order: readonly ResourceType[] = [
    'full-size-photo',
    'full-size-video',
    'photo',
    'video',
    'alternate-photo',
    'photo-proxy',
    'adjustment-base-photo',
    'adjustment-base-video',
    'full-size-paired-video',
    'paired-video',
    'adjustment-base-paired-video',
    'audio',
  ];
  const rank = order.indexOf(type);
  if (rank >= 0) return rank;
  return type === 'adjustment-data' ? order.length + 1 : order.length;
}
