import { beforeEach, describe, expect, it } from 'vitest';

import { originalCalls } from './original-calls.ts';

const RECEIPT = '5d3a1f9e-0c1b-4a77-9a51-2f3c4d5e6f70';

let answer: () => Promise<Response>;
let windowUrl: string | undefined;
let asked: [address: string, authorization: string | null][];
let opened: string[];
let shown: string[];
let problem: string;

const calls = originalCalls({
  windowUrl: () => windowUrl,
  fetch: (address, init) => {
    asked.push([address.href, new Headers(init.headers).get('authorization')]);
    return answer();
  },
  openPath: (path) => {
    opened.push(path);
    return Promise.resolve(problem);
  },
  showItemInFolder: (path) => shown.push(path),
  log: { warn: () => undefined },
});

beforeEach(() => {
  windowUrl = 'http://127.0.0.1:4001/?key=secret';
  answer = () => Promise.resolve(Response.json({ path: '/photos/IMG_1.MOV', isOpenable: true }));
  [asked, opened, shown, problem] = [[], [], [], ''];
});

describe('handing originals to the system', () => {
  it('opens what the service says the receipt stands for, with the key the service gave', async () => {
    expect(await calls['original.open'](RECEIPT)).toBe('done');
    expect(opened).toEqual(['/photos/IMG_1.MOV']);
    expect(asked).toEqual([
      [`http://127.0.0.1:4001/api/originals/${RECEIPT}/place`, 'Bearer secret'],
    ]);
  });

  it('shows it in its folder, also what must not be opened', async () => {
    answer = () => Promise.resolve(Response.json({ path: '/photos/a.exe', isOpenable: false }));
    expect(await calls['original.open'](RECEIPT)).toBe('refused');
    expect(opened).toEqual([]);
    expect(await calls['original.show-in-folder'](RECEIPT)).toBe('done');
    expect(shown).toEqual(['/photos/a.exe']);
  });

  it.each(['/etc/passwd', '../../x', 'file:///x', undefined, { path: '/x' }, 7])(
    'takes %j for no receipt and asks nobody about it',
    async (told) => {
      expect(await calls['original.open'](told)).toBe('missing');
      expect(await calls['original.show-in-folder'](told)).toBe('missing');
      expect([asked, opened, shown]).toEqual([[], [], []]);
    },
  );

  it('says when the file cannot be reached, or the service is away', async () => {
    answer = () => Promise.resolve(new Response('{}', { status: 404 }));
    expect(await calls['original.open'](RECEIPT)).toBe('missing');
    windowUrl = undefined;
    expect(await calls['original.show-in-folder'](RECEIPT)).toBe('missing');
    expect([opened, shown]).toEqual([[], []]);
  });

  it('says when the system or the service failed', async () => {
    problem = 'no application';
    expect(await calls['original.open'](RECEIPT)).toBe('failed');
    answer = () => Promise.reject(new Error('gone'));
    expect(await calls['original.open'](RECEIPT)).toBe('failed');
    answer = () => Promise.resolve(Response.json({ path: 7 }));
    expect(await calls['original.show-in-folder'](RECEIPT)).toBe('failed');
  });
});
