import { Page } from '../app/page.tsx';
import { appText } from '../text/app-text.ts';

export function JobsPage() {
  return <Page title={appText.nav.jobs}>{null}</Page>;
}
