import { Page } from '../app/page.tsx';
import { appText } from '../text/app-text.ts';

/** Backed-up assets by month, newest first; `openAssetId` is shown in the viewer above it. */
export function TimelinePage({ openAssetId }: { readonly openAssetId?: string }) {
  return <Page title={appText.nav.timeline}>{openAssetId}</Page>;
}
