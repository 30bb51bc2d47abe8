interface FidelityWarningFacts {
  /** A few words, for a list. */
  readonly label: string;
  /** What it is, in one plain sentence. */
  readonly sentence: string;
  /** What is safe all the same. */
  readonly safe: string;
  /** What a person can do, or that there is nothing to do. */
  readonly next: string;
}

/**
 * Every way in which what arrived may be less than what was taken. Roost keeps what it got in each case; it cannot
 * keep what was not sent. Codes are stable.
 */
export const FIDELITY_WARNINGS = {
  'location-missing': {
    label: 'Place removed',
    sentence: 'The device knows where this was taken, but the file it sent does not say it.',
    safe: 'The picture is complete, and Roost remembers the place the device told.',
    next: 'Allow the app to read locations, or turn on “All Photos Data” where it shares photos, and send it again.',
  },
  'location-emptied': {
    label: 'Place emptied',
    sentence: 'This file has fields for the place where it was taken, and something emptied them.',
    safe: 'The picture is complete.',
    next: 'Allow the app that sent it to read locations, and send it again.',
  },
  'converted-to-jpeg': {
    label: 'Converted to JPEG',
    sentence:
      'This was taken as HEIC, and a JPEG made of it arrived. Its colours and depth may be reduced.',
    safe: 'The JPEG is stored as it came.',
    next: 'Let the app send originals (on an iPhone: Settings, Photos, Keep Originals), and send it again.',
  },
  'raw-is-jpeg': {
    label: 'RAW is a JPEG',
    sentence: 'This file is named like a RAW photo, but a JPEG is inside.',
    safe: 'The JPEG is stored as it came.',
    next: 'Let the app send unmodified originals, and send it again.',
  },
  'live-photo-without-movie': {
    label: 'Movie missing',
    sentence: 'This is the still of a Live Photo whose movie has not arrived.',
    safe: 'The still is complete.',
    next: 'It may still be on its way. If it does not come, let the app send Live Photos with their movies.',
  },
  'live-photo-without-still': {
    label: 'Still missing',
    sentence: 'This is the movie of a Live Photo whose still has not arrived.',
    safe: 'The movie is complete.',
    next: 'It may still be on its way. If it does not come, send the photo again.',
  },
  'original-missing': {
    label: 'Original missing',
    sentence: 'Only the edited version of this arrived, not the original it was made from.',
    safe: 'The edited version is complete.',
    next: 'Let the app send originals too, so that the edit can be undone one day.',
  },
  'edit-alone': {
    label: 'Edit without its photo',
    sentence: 'Only the recipe of an edit arrived, not the photo or video that it is for.',
    safe: 'The recipe is stored as it came.',
    next: 'Send the photo or video from the same device, too. Roost then puts the two together.',
  },
  'cut-off': {
    label: 'Incomplete',
    sentence: 'This file ends in the middle: a part of the picture or movie is missing.',
    safe: 'What arrived is stored as the device sent it, so it was cut off before it reached Roost.',
    next: 'Open it on the device. If it is whole there, send it again.',
  },
} as const satisfies Record<string, FidelityWarningFacts>;

export type FidelityWarning = keyof typeof FIDELITY_WARNINGS;

export function isFidelityWarning(text: string): text is FidelityWarning {
  return Object.hasOwn(FIDELITY_WARNINGS, text);
}
