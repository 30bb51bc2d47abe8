import type { AssetDetails, ResourceView } from '../../shared/window-views.ts';

/** The movie that belongs to the shown photo of a Live Photo: that of the edit for an edited one. */
export function liveMovieOf(details: AssetDetails): ResourceView | undefined {
  const { asset, resources, shownReceiptId } = details;
  if (asset.kind !== 'photo' || !asset.kinds.includes('live-photo')) return undefined;
  const shown = resources.find(({ receiptId }) => receiptId === shownReceiptId);
  const isEditShown = shown?.role === 'edited-still' || shown?.resourceType === 'full-size-photo';
  const wanted = isEditShown
    ? ['full-size-paired-video', 'paired-video']
    : ['paired-video', 'full-size-paired-video'];
  for (const type of wanted) {
    const movie = resources.find(({ resourceType }) => resourceType === type);
    if (movie !== undefined) return movie;
  }
  // A client without keys called it a video of its own.
  return resources.find(({ mediaType }) => mediaType?.startsWith('video/') === true);
}
