import { Page } from '../app/page.tsx';
import { appText } from '../text/app-text.ts';

export function SettingsPage() {
  return <Page title={appText.nav.settings}>{null}</Page>;
}
