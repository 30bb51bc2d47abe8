/**
 * What a file is to its asset, whoever sent it: a phone tells it by the resource type, other clients send every
 * file as a photo or a video of its own, and its bytes and name tell. In the order in which one of them stands for the
 * asset.
 */
export const RESOURCE_ROLES = [
  'edited-still',
  'still',
  'raw',
  'edited-movie',
  'movie',
  'proxy',
  'base',
  'other',
  /** How an edit was made, or notes about a photo: never a picture. */
  'recipe',
] as const;

export type ResourceRole = (typeof RESOURCE_ROLES)[number];
