import { pageWords } from './page-words.ts';

/** What a browser says about the device it runs on. */
export interface BrowserFacts {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}

/** A first proposal for the device's name; the person may change it. */
export function proposedDeviceName({ userAgent, maxTouchPoints }: BrowserFacts): string {
  if (userAgent.includes('iPhone')) return 'iPhone';
  if (userAgent.includes('iPod')) return 'iPod';
  // An iPad asks for desktop sites and so calls itself a Mac; no Mac has a touch screen.
  if (userAgent.includes('iPad') || (userAgent.includes('Macintosh') && maxTouchPoints > 1))
    return 'iPad';
  if (userAgent.includes('Android')) return androidName(userAgent);
  if (userAgent.includes('Macintosh')) return 'Mac';
  if (userAgent.includes('Windows')) return pageWords.windowsComputer;
  if (userAgent.includes('CrOS')) return 'Chromebook';
  if (userAgent.includes('Linux')) return pageWords.linuxComputer;
  return 'Browser';
}

function androidName(userAgent: string): string {
  const model = /Android [\d.]+; ([^;)]{2,40}?)(?: Build\/[^)]*)?\)/.exec(userAgent)?.[1];
  // Chrome hides the model behind the letter K, Firefox says the form factor instead.
  if (model !== undefined && !/^(K|Mobile|Tablet|wv|[a-z]{2}-[a-z]{2})$/i.test(model)) return model;
  return userAgent.includes('Mobile') ? pageWords.androidPhone : pageWords.androidTablet;
}
