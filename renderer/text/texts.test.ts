import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { type ErrorCode, ERRORS } from '../../shared/error-catalogue.ts';
import { parseTemplate } from '../../shared/folder-template.ts';
import type * as ErrorText from './error-text.ts';
import type * as Format from './format.ts';
import type * as JobReason from './job-reason-text.ts';
import type * as LoginText from './login-text.ts';
import type * as NoticeText from './notice-text.ts';
import type * as ServiceSentence from './service-sentence-text.ts';

const HERE = import.meta.dirname;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** Loads modules as a page does whose person chose a language. */
async function load<Module>(language: 'en' | 'de', path: string): Promise<Module> {
  vi.resetModules();
  vi.stubGlobal('localStorage', { getItem: () => language });
  return (await import(path)) as Module;
}

async function textModules(): Promise<string[]> {
  const names = await readdir(HERE);
  return names.filter((name) => name.endsWith('-text.ts'));
}

/** Every sentence of a table by its place; what a function says by what the function is written as. */
function sentences(value: unknown, place: string): [string, string][] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => sentences(each, `${place}.${name}`));
}

/** Names, and words that are spelt alike in both languages. */
const ALIKE =
  /^(Roost|Name|Token|Version|Live Photo|Video|Panorama|RAW( \+ JPEG)?|ProRAW|HDR|Original|Kamera|Status|ISO|System|English|Deutsch|Upload|Uploads|Link|Filter|GPS|Index|CSV|JSON|ZIP|Enter|Home|Details|Software|Live)$|^Authorization: /;

describe('the texts of the window', () => {
  it('are there in both languages, each in its own words', async () => {
    const alike: string[] = [];
    for (const name of await textModules()) {
      const english = await load<Record<string, unknown>>('en', join(HERE, name));
      const german = await load<Record<string, unknown>>('de', join(HERE, name));
      const inEnglish = sentences(english, name);
      const inGerman = new Map(sentences(german, name));
      expect([...inGerman.keys()]).toEqual(inEnglish.map(([place]) => place));
      for (const [place, words] of inEnglish) {
        if (inGerman.get(place) === words && /[a-z]{3}/.test(words) && !ALIKE.test(words)) {
          alike.push(`${place}: ${words}`);
        }
      }
    }
    expect(alike).toEqual([]);
  });

  it('stand in tables of two languages wherever a module has sentences', async () => {
    const bare: string[] = [];
    for (const name of await textModules()) {
      const source = await readFile(join(HERE, name), 'utf8');
      const hasSentence = /['`][A-Z][a-z]+ [a-z]+[^'`]*['`]/.test(source);
      if (hasSentence && !/inLanguage|pageLanguage/.test(source)) bare.push(name);
    }
    expect(bare).toEqual([]);
  });

  it('name what a person is sent to as it is named there', async () => {
    for (const language of ['en', 'de'] as const) {
      const { errorWords } = await load<typeof ErrorText>(language, './error-text.ts');
      const { loginText } = await load<typeof LoginText>(language, './login-text.ts');
      const verb = loginText.renewMake
        .split(' ')
        .at(language === 'de' ? -1 : 0)!
        .toLowerCase();
      expect(errorWords('auth/login-wrong').nextStep).toContain(verb);
    }
  });

  it('are set in German as German is printed', async () => {
    const wrong: string[] = [];
    for (const name of await textModules()) {
      const german = await load<Record<string, unknown>>('de', join(HERE, name));
      for (const [place, words] of sentences(german, name)) {
        if (/["']|\.\.\.|“[^“”]*”|\b(fuer|ueber|Geraet|koennen|moech|zurueck)/.test(words)) {
          wrong.push(`${place}: ${words}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('say in German what is wrong with a folder template, whatever it is', async () => {
    const { serviceSentence } = await load<typeof ServiceSentence>(
      'de',
      './service-sentence-text.ts',
    );
    const wrong = [
      '',
      'x'.repeat(300),
      'a/'.repeat(9) + '{name}',
      'a',
      'a//{name}',
      '{what}/{name}',
    ];
    wrong.push('.a/{name}', 'con/{name}', '{/{name}', 'a\\{name}', 'a\u0001/{name}', 'a:/{name}');
    for (const text of wrong) {
      const read = parseTemplate(text);
      if (!('problem' in read)) throw new Error(`${text} is a template`);
      expect(serviceSentence(read.problem)).not.toBe(read.problem);
    }
  });

  it('give every reason of a job and every notice in German, also what is new to them', async () => {
    const { reasonOf } = await load<typeof JobReason>('de', './job-reason-text.ts');
    const { noticeWords } = await load<typeof NoticeText>('de', './notice-text.ts');
    const codes = Object.keys(ERRORS) as ErrorCode[];
    expect(codes.filter((code) => reasonOf(code).what === ERRORS[code].title)).toEqual([]);
    expect(codes.filter((code) => reasonOf(code).nextStep === ERRORS[code].nextStep)).toEqual([]);
    expect(noticeWords({ code: 'a-new-one', text: 'Look here.' })).toBe(
      'Roost sagt dazu, auf Englisch: „Look here.“',
    );
  });

  it('write numbers and spans of time as German does', async () => {
    const format = await load<typeof Format>('de', './format.ts');
    expect([
      format.formatByteCount(2_600_220),
      format.formatTimeSpan(2_140),
      format.formatRelativeTime(0, 5_000),
      format.formatRelativeTime(0, 3 * 3_600_000),
      format.formatMonth('2019-08'),
      format.formatExactByteCount(1),
    ]).toEqual(['2,6 MB', '2,1 s', 'gerade eben', 'vor 3 Stunden', 'August 2019', '1 Byte']);
  });
});
