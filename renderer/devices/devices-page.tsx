import { Page } from '../app/page.tsx';
import { appText } from '../text/app-text.ts';

export function DevicesPage() {
  return <Page title={appText.nav.devices}>{null}</Page>;
}
