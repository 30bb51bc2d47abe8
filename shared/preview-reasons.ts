interface PreviewReasonFacts {
  /** One plain sentence for people; it stands on the tile and in the details. */
  readonly sentence: string;
  /** `none`: such a file has no picture to show. `failed`: there should be one, and making it went wrong. */
  readonly state: 'none' | 'failed';
  /** Whether another try with the same bytes may end differently. */
  readonly mayRetry: boolean;
}

/** Every reason why a stored file has no preview. The original is safe in each case. Codes are stable. */
export const PREVIEW_REASONS = {
  'not-an-image': {
    sentence: 'This file is not a photo or video, so there is nothing to show.',
    state: 'none',
    mayRetry: false,
  },
  'unsupported-format': {
    sentence: 'Roost cannot show this kind of photo or video yet.',
    state: 'none',
    mayRetry: false,
  },
  'no-embedded-preview': {
    sentence: 'This RAW file carries no picture that could be shown.',
    state: 'none',
    mayRetry: false,
  },
  'no-movie': {
    sentence: 'There is no moving picture in this file.',
    state: 'none',
    mayRetry: false,
  },
  damaged: {
    sentence: 'The picture in this file is damaged or incomplete.',
    state: 'failed',
    mayRetry: false,
  },
  'too-large': {
    sentence: 'This picture is too large to make a preview of.',
    state: 'failed',
    mayRetry: false,
  },
  'file-unreadable': {
    sentence: 'The file could not be read from the library.',
    state: 'failed',
    mayRetry: true,
  },
  'decoder-timeout': {
    sentence: 'Making the preview took too long and was stopped.',
    state: 'failed',
    mayRetry: true,
  },
  'decoder-crashed': {
    sentence: 'Making the preview failed because of something in this file.',
    state: 'failed',
    mayRetry: true,
  },
  'decoder-out-of-memory': {
    sentence: 'Making the preview needed more memory than allowed.',
    state: 'failed',
    mayRetry: true,
  },
  'decoder-unavailable': {
    sentence: 'Roost could not start its picture decoder.',
    state: 'failed',
    mayRetry: true,
  },
  'preview-not-kept': {
    sentence: 'The preview could not be saved. There may be no room left on this computer.',
    state: 'failed',
    mayRetry: true,
  },
} as const satisfies Record<string, PreviewReasonFacts>;

export type PreviewReason = keyof typeof PREVIEW_REASONS;

export function isPreviewReason(text: string): text is PreviewReason {
  return Object.hasOwn(PREVIEW_REASONS, text);
}

/** The facts of a reason as a plain shape, for callers that hold any reason. */
export function previewReasonFacts(reason: PreviewReason): PreviewReasonFacts {
  return PREVIEW_REASONS[reason];
}

/** How the window is told of a tile: a reason of nature (`none`) reads other than one of fault (`failed`). */
export function previewStateOf(
  state: 'waiting' | 'ready' | 'failed' | undefined,
  reason: string | undefined,
): { tile: 'waiting' | 'ready' | 'failed' | 'none'; tileReason?: string } {
  if (state !== 'failed') return { tile: state ?? 'waiting' };
  if (reason === undefined || !isPreviewReason(reason)) return { tile: 'failed' };
  return { tile: PREVIEW_REASONS[reason].state, tileReason: reason };
}
