import { describe, expect, it } from 'vitest';

import { ERRORS } from '../../shared/error-catalogue.ts';
import type { ServiceFailure, ServiceState } from './service-supervisor.ts';
import { shellPageHtml } from './shell-page.ts';
import { windowContentOf } from './window-content.ts';

const FAILURE: ServiceFailure = {
  code: 'service/port-in-use',
  detail: 'Port 7678 is taken.',
  crashCount: 1,
};

function wordsFor(state: ServiceState): string {
  const content = windowContentOf(state);
  if (content.kind === 'service-pages') return content.url;
  const { heading, paragraphs, detail } = content.page;
  return [heading, ...paragraphs, detail ?? ''].join('\n');
}

describe('what the window shows', () => {
  it("is the service's pages while it runs", () => {
    const windowUrl = 'http://127.0.0.1:4001/?key=secret';
    const status = { liveUploadCount: 0, libraryState: 'ready' } as const;
    const state = { kind: 'ready', windowUrl, lanUrl: 'http://10.0.0.2:7678', status } as const;
    expect(windowContentOf(state)).toEqual({ kind: 'service-pages', url: windowUrl });
  });

  it('is at once why the service is down, what to do, and that Roost goes on trying', () => {
    const state = { kind: 'down', failure: FAILURE, retryInMs: 500 } as const;
    const words = wordsFor(state);
    expect(words).toContain(ERRORS['service/port-in-use'].title);
    expect(words).toContain(ERRORS['service/port-in-use'].nextStep);
    expect(words).toContain('Port 7678 is taken.');
    expect(words).toContain('tries again by itself');
    expect(windowContentOf(state)).toMatchObject({ settleMs: 0 });
  });

  it('does not change while the next start is tried', () => {
    const down = windowContentOf({ kind: 'down', failure: FAILURE, retryInMs: 500 });
    expect(windowContentOf({ kind: 'starting', failure: FAILURE })).toEqual(down);
  });

  it('says how often it happened once it looks like more than an accident', () => {
    const words = (crashCount: number): string =>
      wordsFor({ kind: 'down', failure: { ...FAILURE, crashCount }, retryInMs: 500 });
    expect(words(5)).not.toContain('in a row');
    expect(words(6)).toContain('6 times in a row');
  });

  it('says how many uploads are finished before Roost quits', () => {
    expect(wordsFor({ kind: 'finishing', liveUploadCount: 2 })).toContain('Finishing 2 uploads…');
    expect(wordsFor({ kind: 'finishing', liveUploadCount: 1 })).toContain('Finishing 1 upload…');
    expect(wordsFor({ kind: 'finishing', liveUploadCount: 0 })).toContain('Closing…');
  });

  it('waits a moment before it replaces the pages by a state that is often brief', () => {
    const states: ServiceState[] = [
      { kind: 'starting' },
      { kind: 'restarting' },
      { kind: 'finishing', liveUploadCount: 0 },
    ];
    for (const state of states) {
      expect(windowContentOf(state)).toMatchObject({ kind: 'shell-page', settleMs: 800 });
    }
  });
});

describe("the shell's own page", () => {
  it('shows any words as words', () => {
    const hostile = `</pre><script>alert("1")</script><img src='x' onerror=alert(1)>&amp;`;
    const html = shellPageHtml({ heading: hostile, paragraphs: [hostile], detail: hostile });
    expect(html).not.toMatch(/<script|<img/);
    expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)).toHaveLength(3);
    expect(html).toContain('onerror=alert(1)&gt;&amp;amp;');
  });

  it('may load and run nothing', () => {
    const html = shellPageHtml({ heading: 'Roost is starting…', paragraphs: [] });
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).not.toMatch(/<script|src=|href=/);
  });
});
