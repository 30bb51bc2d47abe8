import { element, showSection, showText } from './page-elements.ts';
import { pageWords } from './page-words.ts';

/** What the choice of photos says, besides what always stands there. */
export interface ChooseFacts {
  readonly deviceName: string;
  /** Names of files whose sending broke off, last begun first. */
  readonly unfinished: readonly string[];
}

/** Shows the choice of photos. */
export function showChoose({ deviceName, unfinished }: ChooseFacts): void {
  element('own-name', HTMLElement).textContent = deviceName;
  showText(
    element('unfinished', HTMLElement),
    unfinished.length === 0 ? '' : pageWords.unfinished(unfinished),
  );
  const how = homeScreenWords();
  element('home-screen', HTMLElement).hidden = how === '';
  element('home-screen-how', HTMLElement).textContent = how;
  element('home-screen-address', HTMLElement).textContent = pageWords.homeScreenAddress(
    location.host,
  );
  showSection('choose');
}

/** How this phone puts the page on its Home Screen; empty where it is there already, and on computers. */
function homeScreenWords(): string {
  if (matchMedia('(display-mode: standalone)').matches) return '';
  const { userAgent, maxTouchPoints } = navigator;
  if (/iPhone|iPad|iPod/.test(userAgent)) return pageWords.homeScreenApple;
  // An iPad asks for desktop sites and so calls itself a Mac; no Mac has a touch screen.
  if (userAgent.includes('Macintosh') && maxTouchPoints > 1) return pageWords.homeScreenApple;
  return userAgent.includes('Android') ? pageWords.homeScreenAndroid : '';
}
