/** In what way an asset is less than what the phone had. */
export interface FidelityWarningWords {
  readonly title: string;
  /** What is safe, and what can be done. */
  readonly next: string;
}

const WARNINGS: Readonly<Record<string, FidelityWarningWords>> = {
  'gps-stripped': {
    title: 'The place was taken out before it came here.',
    next: 'All else is as received. To have the place too, let the app that sends photos see their location, and send it again.',
  },
  'heic-as-jpeg': {
    title: 'This is a JPEG made from the HEIC on the phone.',
    next: 'It is safe as received, but it is a copy with less in it. Set the phone or app to send originals, and send it again.',
  },
  'raw-name-on-jpeg': {
    title: 'This file is named like a RAW photo, and is a JPEG.',
    next: 'It is safe as received. If the phone still has the RAW photo, set the app to send originals, and send it again.',
  },
  'live-photo-without-movie': {
    title: 'The movie of this Live Photo is not here.',
    next: 'The still photo is safe. Send the movie from the phone as well; it finds its place by itself.',
  },
  'live-photo-without-photo': {
    title: 'The still photo of this Live Photo is not here.',
    next: 'The movie is safe. Send the photo from the phone as well; it finds its place by itself.',
  },
  'edited-without-original': {
    title: 'This was edited, and the photo from before the edit is not here.',
    next: 'The edited photo is safe. Send the unedited original from the phone as well.',
  },
  empty: {
    title: 'This file has no bytes in it.',
    next: 'It came like that. If the phone still shows the photo, send it again from there.',
  },
  truncated: {
    title: 'This file ends too early: a part of it is missing.',
    next: 'What came is safe, bit for bit. If the phone still shows the whole photo, send it again from there.',
  },
};

/** Words for a code; one that this window does not know is from a newer Roost. */
export function fidelityWarningWords(code: string): FidelityWarningWords {
  return (
    WARNINGS[code] ?? {
      title: `This may be less than what the phone has (${code}).`,
      next: 'What came is safe, bit for bit.',
    }
  );
}
