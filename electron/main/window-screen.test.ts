import { beforeEach, describe, expect, it } from 'vitest';

import { ManualClock } from '../../tests/support/manual-clock.ts';
import { ManualTimers } from '../../tests/support/manual-timers.ts';
import { shellPageUrl } from './shell-page.ts';
import type { WindowContent } from './window-content.ts';
import { WindowScreen } from './window-screen.ts';

const PAGES: WindowContent = { kind: 'service-pages', url: 'http://127.0.0.1:4001/?key=a' };
const NEW_PAGES: WindowContent = { kind: 'service-pages', url: 'http://127.0.0.1:4002/?key=b' };

function words(heading: string, settleMs: number): WindowContent {
  return { kind: 'shell-page', page: { heading, paragraphs: [] }, settleMs };
}

function urlOf(content: WindowContent): string {
  return content.kind === 'service-pages' ? content.url : shellPageUrl(content.page);
}

let timers: ManualTimers;
let loaded: string[];
let screen: WindowScreen;

function expectLoaded(...contents: WindowContent[]): void {
  expect(loaded).toEqual(contents.map(urlOf));
}

beforeEach(() => {
  timers = new ManualTimers(new ManualClock());
  loaded = [];
  screen = new WindowScreen(timers, (url) => loaded.push(url));
});

describe('what the window loads', () => {
  it("is the service's pages, once", () => {
    screen.show(PAGES);
    screen.show({ ...PAGES });
    expectLoaded(PAGES);
  });

  it('is a failure at once', () => {
    screen.show(PAGES);
    screen.show(words('down', 0));
    expectLoaded(PAGES, words('down', 0));
  });

  it('is nothing of a start that is over before anybody could read about it', () => {
    screen.show(words('starting', 800));
    timers.advance(799);
    screen.show(PAGES);
    timers.advance(10_000);
    expectLoaded(PAGES);
  });

  it('is a state that lasts, counted from the first of several brief ones', () => {
    screen.show(PAGES);
    screen.show(words('finishing 2', 800));
    timers.advance(500);
    screen.show(words('finishing 1', 800));
    timers.advance(299);
    expectLoaded(PAGES);
    timers.advance(1);
    expectLoaded(PAGES, words('finishing 1', 800));
  });

  it("changes from one of the shell's pages to the next without a wait", () => {
    screen.show(words('down', 0));
    screen.show(words('finishing', 800));
    expectLoaded(words('down', 0), words('finishing', 800));
  });

  it('is the latest when something is loaded again', () => {
    screen.show(PAGES);
    screen.loadAgain();
    timers.advance(999);
    expectLoaded(PAGES);
    timers.advance(1);
    expectLoaded(PAGES, PAGES);
  });

  it('is not loaded again when something else came in the meantime', () => {
    screen.show(PAGES);
    screen.loadAgain();
    screen.show(NEW_PAGES);
    timers.advance(10_000);
    expectLoaded(PAGES, NEW_PAGES);
  });

  it('is nothing more once the window is gone', () => {
    screen.show(words('starting', 800));
    screen.close();
    timers.advance(10_000);
    expectLoaded();
  });
});
