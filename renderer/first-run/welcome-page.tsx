import { Page } from '../app/page.tsx';
import { appText } from '../text/app-text.ts';

export function WelcomePage() {
  return <Page title={appText.product}>{null}</Page>;
}
