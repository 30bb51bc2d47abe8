interface MetadataReasonFacts {
  /** One plain sentence for people. */
  readonly sentence: string;
  /** Whether another try with the same bytes and the same exiftool may end differently. */
  readonly mayRetry: boolean;
}

/**
 * Why the full metadata of a stored file was not read. The original is safe in each case, and what its header
 * says on a quick look is known all the same. Codes are stable.
 */
export const METADATA_REASONS = {
  'no-perl': {
    sentence:
      'Roost reads all details of photos with exiftool, which needs Perl, and this computer has none. Size, camera, ' +
      'time and place are known all the same.',
    mayRetry: false,
  },
  'no-exiftool': {
    sentence:
      'Roost could not find or start exiftool, so only the most important details are known.',
    mayRetry: true,
  },
  'file-unreadable': {
    sentence: 'The file could not be read from the library.',
    mayRetry: true,
  },
  'took-too-long': {
    sentence: 'Reading the details of this file took too long and was stopped.',
    mayRetry: true,
  },
  'reader-ended': {
    sentence: 'Reading the details failed because of something in this file.',
    mayRetry: true,
  },
  'too-much': {
    sentence: 'This file has more details than a photo can have, so they were left aside.',
    mayRetry: false,
  },
  'not-understood': {
    sentence: 'exiftool does not know what kind of file this is.',
    mayRetry: false,
  },
} as const satisfies Record<string, MetadataReasonFacts>;

export type MetadataReason = keyof typeof METADATA_REASONS;

export function isMetadataReason(text: string): text is MetadataReason {
  return Object.hasOwn(METADATA_REASONS, text);
}
