import { isKnownResourceType, type KnownResourceType } from '../../shared/resource-type.ts';

const WORDS: Record<KnownResourceType, string> = {
  photo: 'Photo',
  video: 'Video',
  audio: 'Sound',
  'alternate-photo': 'RAW photo',
  'full-size-photo': 'Edited photo',
  'full-size-video': 'Edited video',
  'adjustment-data': 'Edits',
  'adjustment-base-photo': 'Photo before the edits',
  'paired-video': 'Live Photo movie',
  'full-size-paired-video': 'Edited Live Photo movie',
  'adjustment-base-paired-video': 'Live Photo movie before the edits',
  'adjustment-base-video': 'Video before the edits',
  'photo-proxy': 'Smaller copy of the photo',
};

/** What a resource is, in plain words; an unknown type is shown as the device wrote it. */
export function resourceTypeText(resourceType: string): string {
  return isKnownResourceType(resourceType) ? WORDS[resourceType] : `File (${resourceType})`;
}
