import { Page } from '../app/page.tsx';
import { appText } from '../text/app-text.ts';

export function JobPage({ jobId }: { readonly jobId: string }) {
  return <Page title={appText.nav.jobs}>{jobId}</Page>;
}
