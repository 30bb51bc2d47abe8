import { describe, expect, it } from 'vitest';

import {
  isTrustedSender,
  mayNavigate,
  mayOpenExternally,
  mayRequest,
  originOf,
} from './web-rules.ts';

const ORIGIN = originOf('http://127.0.0.1:4001/?key=secret');

const STRANGERS = [
  'http://127.0.0.1:4002/',
  'http://localhost:4001/',
  'https://127.0.0.1:4001/',
  'http://127.0.0.1:4001@example.com/',
  'http://127.0.0.1:4001.example.com/',
  'https://example.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'about:blank',
  'ws://127.0.0.1:4001/',
  'http://',
  '',
];

it('knows the origin of the pages without their key', () => {
  expect(ORIGIN).toBe('http://127.0.0.1:4001');
});

describe('navigation', () => {
  it.each(['http://127.0.0.1:4001/', 'http://127.0.0.1:4001/jobs?state=failed#top'])(
    'admits %s',
    (url) => expect(mayNavigate(url, ORIGIN)).toBe(true),
  );

  it.each([
    ...STRANGERS,
    'data:text/html,hello',
    'blob:http://127.0.0.1:4001/5f1d7a84-2b0e-4c9f-9a43-0d1f0a8f7d11',
  ])('refuses %j', (url) => expect(mayNavigate(url, ORIGIN)).toBe(false));

  it('refuses even the own pages while no service runs', () => {
    expect(mayNavigate('http://127.0.0.1:4001/', undefined)).toBe(false);
  });
});

describe('requests of a page', () => {
  it.each([
    'http://127.0.0.1:4001/media/assets/1/tile?v=2',
    'data:image/png;base64,AAAA',
    'blob:http://127.0.0.1:4001/5f1d7a84-2b0e-4c9f-9a43-0d1f0a8f7d11',
  ])('admits %s', (url) => expect(mayRequest(url, ORIGIN)).toBe(true));

  it.each(STRANGERS)('refuses %j', (url) => expect(mayRequest(url, ORIGIN)).toBe(false));

  it("admits the shell's own page while no service runs, and nothing else", () => {
    expect(mayRequest('data:text/html,hello', undefined)).toBe(true);
    expect(mayRequest('http://127.0.0.1:4001/', undefined)).toBe(false);
  });
});

describe('links for the own browser', () => {
  it('admits an encrypted address of a site on the list', () => {
    expect(mayOpenExternally('https://www.gnu.org/licenses/gpl-3.0.html')).toBe(true);
  });

  it.each([
    ...STRANGERS,
    'http://www.gnu.org/',
    'https://www.gnu.org.example.com/',
    'https://www.gnu.org@example.com/',
    'https://someone:secret@www.gnu.org/',
    'https://www.gnu.org:8443/',
    'smb://www.gnu.org/share',
    'http://127.0.0.1:4001/',
  ])('refuses %j', (url) => expect(mayOpenExternally(url)).toBe(false));
});

describe('who may speak to the shell', () => {
  const url = 'http://127.0.0.1:4001/settings';

  it("admits the service's own page", () => {
    expect(isTrustedSender({ url, parent: null }, ORIGIN)).toBe(true);
  });

  it('refuses a frame within it', () => {
    expect(isTrustedSender({ url, parent: { url } }, ORIGIN)).toBe(false);
  });

  it('refuses a frame that is gone', () => {
    expect(isTrustedSender(null, ORIGIN)).toBe(false);
  });

  it("refuses the shell's own page and any page while no service runs", () => {
    expect(isTrustedSender({ url: 'data:text/html,hello', parent: null }, ORIGIN)).toBe(false);
    expect(isTrustedSender({ url, parent: null }, undefined)).toBe(false);
  });

  it.each(STRANGERS)('refuses %j', (stranger) => {
    expect(isTrustedSender({ url: stranger, parent: null }, ORIGIN)).toBe(false);
  });
});
